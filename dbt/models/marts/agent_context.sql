-- One row per customer whom `service` is permitted for: what an agent needs at the first word.
with

permitted as (

    {{ permitted_for('service') }}

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
        coalesce(contacts.channels, []) as channels,
        coalesce(contacts.languages, []) as languages,
        coalesce(contacts.open_threads, []) as open_threads,
        coalesce(contacts.count_contacts, 0) as count_contacts,
        coalesce(contacts.count_threads, 0) as count_threads,
        coalesce(contacts.count_open_threads, 0) as count_open_threads,
        cast(coalesce(orders.count_orders, 0) as bigint) as count_orders,
        round(cast(contacts.sum_sentiment / nullif(contacts.count_sentiments, 0) as double), 4)
            as average_sentiment,
        contacts.last_rating,
        coalesce(contacts.has_repeated_explanation, false) as has_repeated_explanation,
        contacts.first_contact_at,
        contacts.last_contact_at,
        orders.last_order_at
    from permitted_customers
    left join customers on permitted_customers.customer_id = customers.customer_id
    left join contacts on permitted_customers.customer_id = contacts.customer_id
    left join orders on permitted_customers.customer_id = orders.customer_id

)

select * from finished
order by customer_id
