-- One row per thing that happened to a thread; a status that says solved or closed counts as that.
with

thread_events as (

    select * from {{ source('core', 'thread_events') }}

),

renamed as (

    select
        event_id,
        thread_id,
        subject_id,
        agent_token,
        channel,
        case
            when kind = 'status_changed' and lower(value) in ('solved', 'resolved') then 'solved'
            when kind = 'status_changed' and lower(value) = 'closed' then 'closed'
            else kind
        end as event_kind,
        value as event_value,
        actor,
        occurred_at
    from thread_events

)

select * from renamed
