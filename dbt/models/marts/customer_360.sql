-- One row per customer whom `analytics` is permitted for.
with

permitted as (

    {{ permitted_for('analytics') }}

),

permitted_customers as (

    select distinct customer_id from permitted

),

customers as (

    select * from {{ ref('int_identity__customers') }}

),

contacts as (

    select * from {{ ref('int_interactions__customer_contacts') }}

),

orders as (

    select * from {{ ref('int_orders__customer_orders') }}

),

finished as (

    select
        permitted_customers.customer_id,
        coalesce(customers.country, 'ZZ') as country,
        contacts.preferred_channel,
        coalesce(contacts.preferred_language, 'und') as preferred_language,
        contacts.last_reason,
        coalesce(customers.handle_kinds, []) as handle_kinds,
        coalesce(contacts.channels, []) as channels,
        coalesce(contacts.languages, []) as languages,
        coalesce(orders.amounts, []) as order_amounts,
        coalesce(customers.count_subjects, 0) as count_subjects,
        coalesce(customers.count_handles, 0) as count_handles,
        coalesce(contacts.count_contacts, 0) as count_contacts,
        coalesce(contacts.count_threads, 0) as count_threads,
        coalesce(contacts.count_open_threads, 0) as count_open_threads,
        coalesce(contacts.count_resolution_threads, 0) as count_resolution_threads,
        coalesce(contacts.count_repeated_explanations, 0) as count_repeated_explanations,
        cast(coalesce(contacts.count_messages, 0) as bigint) as count_messages,
        cast(coalesce(contacts.count_escalations, 0) as bigint) as count_escalations,
        cast(coalesce(contacts.count_handoffs, 0) as bigint) as count_handoffs,
        cast(coalesce(contacts.count_reopenings, 0) as bigint) as count_reopenings,
        cast(coalesce(orders.count_orders, 0) as bigint) as count_orders,
        cast(coalesce(orders.count_returns, 0) as bigint) as count_returns,
        coalesce(contacts.count_ratings, 0) as count_ratings,
        round(contacts.sum_rating / nullif(contacts.count_ratings, 0), 4) as average_rating,
        round(cast(contacts.sum_sentiment / nullif(contacts.count_sentiments, 0) as double), 4)
            as average_sentiment,
        coalesce(len(contacts.channels) > 1, false) as is_on_several_channels,
        contacts.first_contact_at,
        contacts.last_contact_at,
        orders.first_order_at,
        orders.last_order_at
    from permitted_customers
    left join customers on permitted_customers.customer_id = customers.customer_id
    left join contacts on permitted_customers.customer_id = contacts.customer_id
    left join orders on permitted_customers.customer_id = orders.customer_id

)

select * from finished
order by customer_id
