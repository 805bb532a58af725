-- One row per subject: the customer it is believed to be.
with

customers as (

    select * from {{ source('core', 'customers') }}

),

renamed as (

    select
        subject_id,
        customer_id,
        resolved_at
    from customers

)

select * from renamed
