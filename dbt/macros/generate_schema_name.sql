{#- Schemas are staging, intermediate and marts, exactly: a zone has a file of its own. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
