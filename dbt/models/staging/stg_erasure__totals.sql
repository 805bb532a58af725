-- One row per day, channel, language, country and reason: what erased people add to the totals.
with

totals as (

    select * from {{ source('core', 'erased_totals') }}

),

renamed as (

    select
        day,
        channel,
        language,
        country,
        reason,
        count_resolution_threads,
        count_contacts,
        count_messages,
        count_finished,
        count_solved,
        count_solved_at_first_contact,
        count_self_service,
        count_repeated_explanation,
        count_asked,
        count_answered,
        count_answered_fast,
        count_escalations,
        count_handoffs,
        count_reopenings,
        count_ratings,
        sum_rating,
        count_sentiments,
        sum_sentiment,
        sum_handling_seconds
    from totals

)

select * from renamed
