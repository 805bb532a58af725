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
        service.* exclude (customer_id)
    from contact_history
    inner join service on contact_history.subject_id = service.subject_id

    union all

    select
        'agent_context' as mart,
        agent_context.customer_id as row_key,
        service.* exclude (customer_id)
    from agent_context
    inner join service on agent_context.customer_id = service.customer_id

    union all

    select
        'customer_360' as mart,
        customer_360.customer_id as row_key,
        analytics.* exclude (customer_id)
    from customer_360
    inner join analytics on customer_360.customer_id = analytics.customer_id

    union all

    select
        'resolution_threads' as mart,
        resolution_threads.resolution_thread_id as row_key,
        quality.* exclude (customer_id)
    from resolution_threads
    inner join quality on resolution_threads.customer_id = quality.customer_id

),

finished as (

    select
        mart,
        row_key,
        subject_id,
        purpose,
        legal_basis,
        consent_event_id,
        rule_source,
        decided_at
    from traced

)

select * from finished
