-- One row per customer: how they are reached, and the country they were last known in.
with

customers as (

    select * from {{ ref('stg_identity__customers') }}

),

handles as (

    select * from {{ ref('stg_identity__handles') }}

),

messages as (

    select * from {{ ref('stg_interactions__messages') }}

),

orders as (

    select * from {{ ref('stg_orders__orders') }}

),

seen as (

    select
        subject_id,
        country,
        max(occurred_at) as seen_at
    from messages
    where country is not null
    group by
        subject_id,
        country

    union all

    select
        subject_id,
        country,
        max(ordered_at) as seen_at
    from orders
    where country is not null
    group by
        subject_id,
        country

),

countries as (

    select
        customers.customer_id,
        arg_max(seen.country, row(seen.seen_at, seen.country)) as country
    from customers
    inner join seen on customers.subject_id = seen.subject_id
    group by customers.customer_id

),

reached as (

    select
        customers.customer_id,
        list_sort(list(distinct handles.kind) filter (where handles.kind is not null))
            as handle_kinds,
        count(distinct customers.subject_id) as count_subjects,
        count(distinct handles.handle_index) as count_handles,
        min(handles.first_seen_at) as first_seen_at
    from customers
    left join handles on customers.subject_id = handles.subject_id
    group by customers.customer_id

),

finished as (

    select
        reached.customer_id,
        countries.country,
        coalesce(reached.handle_kinds, []) as handle_kinds,
        reached.count_subjects,
        reached.count_handles,
        reached.first_seen_at
    from reached
    left join countries on reached.customer_id = countries.customer_id

)

select * from finished
