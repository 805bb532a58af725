{#-
    Give the subjects a purpose is permitted for, one row each, with the ground it rests on.

    The only place decisions are joined. A customer is a person: where one of their subjects is
    refused, or has no decision yet, none of them passes. A mart may ask for the purpose it
    declares in `meta`, and for no other; an accountability mart asks for those it accounts for.
-#}
{% macro permitted_for(purpose) %}
    {%- if purpose not in purposes() -%}
        {{ exceptions.raise_compiler_error("unknown purpose: " ~ purpose) }}
    {%- endif -%}
    {%- if execute and model.resource_type == "model" -%}
        {%- set declared = model.config.meta.get("purpose") -%}
        {%- if declared not in [purpose, "accountability"] -%}
            {{ exceptions.raise_compiler_error(
                model.name ~ " declares purpose " ~ declared ~ " and asks for " ~ purpose
            ) }}
        {%- endif -%}
    {%- endif -%}
    select
        customers.subject_id,
        customers.customer_id,
        '{{ purpose }}' as purpose,
        decisions.legal_basis,
        decisions.consent_event_id,
        decisions.rule_source,
        decisions.decided_at
    from {{ ref('stg_identity__customers') }} as customers
    left join {{ ref('stg_consent__decisions') }} as decisions
        on
            customers.subject_id = decisions.subject_id
            and decisions.purpose = '{{ purpose }}'
    qualify
        bool_and(coalesce(decisions.is_permitted, false)) over (
            partition by customers.customer_id
        )
{% endmacro %}
