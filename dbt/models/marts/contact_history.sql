-- One row per message, thread event or order of a customer whom `service` is permitted for.
with

permitted as (

    {{ permitted_for('service') }}

),

activity as (

    select * from {{ ref('int_interactions__activity') }}

),

contacts as (

    select * from {{ ref('int_interactions__contacts') }}

),

messages as (

    select * from {{ ref('stg_interactions__messages') }}

),

orders as (

    select * from {{ ref('stg_orders__orders') }}

),

told as (

    select
        activity.activity_id as entry_id,
        permitted.customer_id,
        permitted.subject_id,
        activity.thread_id,
        case when activity.kind = 'message' then 'message' else 'event' end as entry_kind,
        case when activity.kind != 'message' then activity.kind end as event_kind,
        activity.channel,
        activity.direction,
        activity.actor as speaker,
        activity.language,
        contacts.reason,
        messages.text_redacted,
        activity.value,
        cast(null as decimal(18, 2)) as amount,
        null as currency,
        activity.occurred_at
    from activity
    inner join permitted on activity.subject_id = permitted.subject_id
    left join contacts
        on
            activity.thread_id = contacts.thread_id
            and activity.customer_id = contacts.customer_id
            and activity.contact_number = contacts.contact_number
    left join messages on activity.activity_id = messages.interaction_id

),

bought as (

    select
        orders.order_id as entry_id,
        permitted.customer_id,
        permitted.subject_id,
        null as thread_id,
        'order' as entry_kind,
        case when orders.is_return then 'return' else 'purchase' end as event_kind,
        orders.channel,
        null as direction,
        'customer' as speaker,
        null as language,
        null as reason,
        null as text_redacted,
        null as value,
        orders.total_amount as amount,
        orders.currency,
        orders.ordered_at as occurred_at
    from orders
    inner join permitted on orders.subject_id = permitted.subject_id

),

finished as (

    select * from told
    union all
    select * from bought

)

select * from finished
order by
    customer_id,
    occurred_at,
    entry_id
