-- One row per row of a customer mart and subject behind it: the ground that let it in.
with

service as (

    {{ permitted_for('service') }}

),

analytics as (

    {{ permitted_for('analytics') }}

),

quality as (

    {{ permitted_for('quality') }}

),

agent_context as (

    select * from {{ ref('agent_context') }}

),

contact_history as (

    select * from {{ ref('contact_history') }}

),

customer_360 as (

    select * from {{ ref('customer_360') }}

),

resolution_threads as (

    select * from {{ ref('resolution_threads') }}

),

traced as (

    select
        'contact_history' as mart,
        contact_history.entry_id as row_key,
        service.subject_id,
        service.purpose,
        service.legal_basis,
        service.consent_event_id,
        service.rule_source,
        service.decided_at
    from contact_history
    inner join service on contact_history.subject_id = service.subject_id

    union all

    select
        'agent_context' as mart,
        agent_context.customer_id as row_key,
        service.subject_id,
        service.purpose,
        service.legal_basis,
        service.consent_event_id,
        service.rule_source,
        service.decided_at
    from agent_context
    inner join service on agent_context.customer_id = service.customer_id

    union all

    select
        'customer_360' as mart,
        customer_360.customer_id as row_key,
        analytics.subject_id,
        analytics.purpose,
        analytics.legal_basis,
        analytics.consent_event_id,
        analytics.rule_source,
        analytics.decided_at
    from customer_360
    inner join analytics on customer_360.customer_id = analytics.customer_id

    union all

    select
        'resolution_threads' as mart,
        resolution_threads.resolution_thread_id as row_key,
        quality.subject_id,
        quality.purpose,
        quality.legal_basis,
        quality.consent_event_id,
        quality.rule_source,
        quality.decided_at
    from resolution_threads
    inner join quality on resolution_threads.customer_id = quality.customer_id

)

select * from traced
