-- One row per purchase or return.
with

orders as (

    select * from {{ source('core', 'orders') }}

),

renamed as (

    select
        order_id,
        subject_id,
        store_id,
        channel,
        currency,
        nullif(upper(country), '') as country,
        total_amount,
        count_lines,
        is_return,
        -- of an erased person who was in no total, and is to be in none
        item_id = 'withheld' as is_withheld,
        ordered_at
    from orders

)

select * from renamed
