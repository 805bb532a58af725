-- One row per message, turn, or call segment.
with

interactions as (

    select * from {{ source('core', 'interactions') }}

),

renamed as (

    select
        interaction_id,
        thread_id,
        subject_id,
        agent_token,
        channel,
        direction,
        speaker,
        coalesce(nullif(lower(language), ''), 'und') as language,
        nullif(upper(country), '') as country,
        text_redacted,
        cast(sentiment as decimal(6, 4)) as sentiment,
        duration_seconds,
        occurred_at
    from interactions

)

select * from renamed
