-- One row per subject and purpose: may we, on what ground, as known at the last run.
with

decisions as (

    select * from {{ source('core', 'decisions') }}

),

renamed as (

    select
        subject_id,
        consent_event_id,
        purpose,
        legal_basis,
        rule_source,
        is_permitted,
        valid_from,
        decided_at
    from decisions

)

select * from renamed
