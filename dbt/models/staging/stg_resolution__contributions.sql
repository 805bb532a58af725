-- One row per problem: what it adds to each count and sum of its day. Nothing else defines them.
with

resolution_threads as (

    select * from {{ ref('resolution_threads') }}

),

contributed as (

    select
        resolution_thread_id,
        customer_id,
        cast(opened_at as date) as day,
        channel,
        language,
        country,
        reason,
        1 as count_resolution_threads,
        count_contacts,
        count_messages,
        cast(is_finished as integer) as count_finished,
        cast(is_solved as integer) as count_solved,
        cast(is_solved_at_first_contact as integer) as count_solved_at_first_contact,
        cast(is_self_service as integer) as count_self_service,
        cast(is_repeated_explanation as integer) as count_repeated_explanation,
        cast(is_asked as integer) as count_asked,
        cast(first_answer_seconds is not null as integer) as count_answered,
        cast(is_answered_fast as integer) as count_answered_fast,
        count_escalations,
        count_handoffs,
        count_reopenings,
        cast(rating is not null as integer) as count_ratings,
        rating as sum_rating,
        count_sentiments,
        sum_sentiment,
        handling_seconds as sum_handling_seconds,
        handling_seconds,
        first_answer_seconds,
        first_agent_answer_seconds,
        solve_seconds
    from resolution_threads

)

select * from contributed
