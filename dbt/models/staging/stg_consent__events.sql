-- One row per consent event of the ledger.
with

consent_events as (

    select * from {{ source('core', 'consent_events') }}

),

renamed as (

    select
        consent_event_id,
        subject_id,
        purpose,
        action,
        method,
        notice_version,
        notice_language,
        valid_from,
        valid_to,
        recorded_at
    from consent_events

)

select * from renamed
