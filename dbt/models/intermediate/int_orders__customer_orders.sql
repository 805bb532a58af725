-- One row per customer who ever bought: their orders, counted and summed by currency.
with

orders as (

    select * from {{ ref('stg_orders__orders') }}

),

customers as (

    select * from {{ ref('stg_identity__customers') }}

),

by_currency as (

    select
        customers.customer_id,
        orders.currency,
        sum(orders.total_amount) as total_amount,
        count(*) filter (where not orders.is_return) as count_orders,
        count(*) filter (where orders.is_return) as count_returns,
        min(orders.ordered_at) as first_order_at,
        max(orders.ordered_at) as last_order_at
    from orders
    inner join customers on orders.subject_id = customers.subject_id
    group by
        customers.customer_id,
        orders.currency

),

finished as (

    select
        customer_id,
        list(
            struct_pack(currency := currency, amount := cast(total_amount as decimal(18, 2)))
            order by currency
        ) as amounts,
        sum(count_orders) as count_orders,
        sum(count_returns) as count_returns,
        min(first_order_at) as first_order_at,
        max(last_order_at) as last_order_at
    from by_currency
    group by customer_id

)

select * from finished
