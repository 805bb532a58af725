{#- The columns name each row once, and none of them is missing. -#}
{% test is_key(model, columns) %}

select
    {{ columns | join(", ") }},
    count(*) as count_rows
from {{ model }}
group by all
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}

{% endtest %}
