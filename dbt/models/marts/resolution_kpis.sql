-- One row per day, channel, language, country and reason: how problems that opened then went.
with

permitted as (

    {{ permitted_for('quality') }}

),

resolution_threads as (

    select * from {{ ref('resolution_threads') }}

),

orders as (

    select * from {{ ref('stg_orders__orders') }}

),

helped as (

    select
        cast(opened_at as date) as day,
        channel,
        language,
        country,
        reason,
        count(*) as count_resolution_threads,
        sum(count_contacts) as count_contacts,
        sum(count_messages) as count_messages,
        count(*) filter (where is_finished) as count_finished,
        count(*) filter (where is_solved) as count_solved,
        count(*) filter (where is_solved_at_first_contact) as count_solved_at_first_contact,
        count(*) filter (where is_self_service) as count_self_service,
        count(*) filter (where is_repeated_explanation) as count_repeated_explanation,
        count(*) filter (where is_asked) as count_asked,
        count(first_answer_seconds) as count_answered,
        count(*) filter (where is_answered_fast) as count_answered_fast,
        sum(count_escalations) as count_escalations,
        sum(count_handoffs) as count_handoffs,
        sum(count_reopenings) as count_reopenings,
        count(rating) as count_ratings,
        sum(rating) as sum_rating,
        sum(count_sentiments) as count_sentiments,
        sum(sum_sentiment) as sum_sentiment,
        sum(handling_seconds) as sum_handling_seconds,
        median(handling_seconds) as median_handling_seconds,
        median(first_answer_seconds) as median_first_answer_seconds,
        median(first_agent_answer_seconds) as median_first_agent_answer_seconds,
        median(solve_seconds) as median_solve_seconds
    from resolution_threads
    group by all

),

bought as (

    select
        cast(orders.ordered_at as date) as day,
        orders.channel,
        'und' as language,
        coalesce(orders.country, 'ZZ') as country,
        'unknown' as reason,
        count(*) as count_orders
    from orders
    left join permitted on orders.subject_id = permitted.subject_id
    where
        not orders.is_return
        -- an order of nobody is nobody's personal data
        and (permitted.subject_id is not null or orders.subject_id is null)
    group by all

),

finished as (

    select
        day,
        channel,
        language,
        country,
        reason,
        coalesce(helped.count_resolution_threads, 0) as count_resolution_threads,
        cast(coalesce(helped.count_contacts, 0) as bigint) as count_contacts,
        cast(coalesce(helped.count_messages, 0) as bigint) as count_messages,
        coalesce(bought.count_orders, 0) as count_orders,
        coalesce(helped.count_finished, 0) as count_finished,
        coalesce(helped.count_solved, 0) as count_solved,
        coalesce(helped.count_solved_at_first_contact, 0) as count_solved_at_first_contact,
        coalesce(helped.count_self_service, 0) as count_self_service,
        coalesce(helped.count_repeated_explanation, 0) as count_repeated_explanation,
        coalesce(helped.count_asked, 0) as count_asked,
        coalesce(helped.count_answered, 0) as count_answered,
        coalesce(helped.count_answered_fast, 0) as count_answered_fast,
        cast(coalesce(helped.count_escalations, 0) as bigint) as count_escalations,
        cast(coalesce(helped.count_handoffs, 0) as bigint) as count_handoffs,
        cast(coalesce(helped.count_reopenings, 0) as bigint) as count_reopenings,
        coalesce(helped.count_ratings, 0) as count_ratings,
        cast(coalesce(helped.sum_rating, 0) as bigint) as sum_rating,
        cast(coalesce(helped.count_sentiments, 0) as bigint) as count_sentiments,
        coalesce(cast(helped.sum_sentiment as double), 0) as sum_sentiment,
        coalesce(helped.sum_handling_seconds, 0) as sum_handling_seconds,
        helped.median_handling_seconds,
        helped.sum_handling_seconds / helped.count_resolution_threads as average_handling_seconds,
        helped.median_first_answer_seconds,
        helped.median_first_agent_answer_seconds,
        helped.median_solve_seconds,
        helped.count_solved_at_first_contact / nullif(helped.count_finished, 0)
            as share_solved_at_first_contact,
        helped.count_self_service / nullif(helped.count_finished, 0) as share_self_service,
        helped.count_repeated_explanation / nullif(helped.count_asked, 0)
            as share_repeated_explanation,
        helped.count_answered_fast / nullif(helped.count_asked, 0) as share_answered_fast,
        helped.sum_rating / nullif(helped.count_ratings, 0) as average_rating,
        cast(helped.sum_sentiment as double) / nullif(helped.count_sentiments, 0)
            as average_sentiment
    from helped
    full outer join bought using (day, channel, language, country, reason)

)

select * from finished
order by
    day,
    channel,
    language,
    country,
    reason
