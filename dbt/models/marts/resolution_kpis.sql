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

erased as (

    select * from {{ ref('stg_erasure__totals') }}

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
        -- an order of nobody is nobody's personal data; one that was not counted before its
        -- buyer was erased is not counted afterwards
        and (permitted.subject_id is not null or orders.subject_id is null)
        and not coalesce(orders.is_withheld, false)
    group by all

),

-- past totals stay as they were when somebody is erased; medians are of who is left
counted as (

    select
        day,
        channel,
        language,
        country,
        reason,
        cast(
            coalesce(helped.count_resolution_threads, 0)
            + coalesce(erased.count_resolution_threads, 0) as bigint
        ) as count_resolution_threads,
        cast(
            coalesce(helped.count_contacts, 0) + coalesce(erased.count_contacts, 0) as bigint
        ) as count_contacts,
        cast(
            coalesce(helped.count_messages, 0) + coalesce(erased.count_messages, 0) as bigint
        ) as count_messages,
        cast(
            coalesce(helped.count_finished, 0) + coalesce(erased.count_finished, 0) as bigint
        ) as count_finished,
        cast(
            coalesce(helped.count_solved, 0) + coalesce(erased.count_solved, 0) as bigint
        ) as count_solved,
        cast(
            coalesce(helped.count_solved_at_first_contact, 0)
            + coalesce(erased.count_solved_at_first_contact, 0) as bigint
        ) as count_solved_at_first_contact,
        cast(
            coalesce(helped.count_self_service, 0)
            + coalesce(erased.count_self_service, 0) as bigint
        ) as count_self_service,
        cast(
            coalesce(helped.count_repeated_explanation, 0)
            + coalesce(erased.count_repeated_explanation, 0) as bigint
        ) as count_repeated_explanation,
        cast(
            coalesce(helped.count_asked, 0) + coalesce(erased.count_asked, 0) as bigint
        ) as count_asked,
        cast(
            coalesce(helped.count_answered, 0) + coalesce(erased.count_answered, 0) as bigint
        ) as count_answered,
        cast(
            coalesce(helped.count_answered_fast, 0)
            + coalesce(erased.count_answered_fast, 0) as bigint
        ) as count_answered_fast,
        cast(
            coalesce(helped.count_escalations, 0) + coalesce(erased.count_escalations, 0) as bigint
        ) as count_escalations,
        cast(
            coalesce(helped.count_handoffs, 0) + coalesce(erased.count_handoffs, 0) as bigint
        ) as count_handoffs,
        cast(
            coalesce(helped.count_reopenings, 0) + coalesce(erased.count_reopenings, 0) as bigint
        ) as count_reopenings,
        cast(
            coalesce(helped.count_ratings, 0) + coalesce(erased.count_ratings, 0) as bigint
        ) as count_ratings,
        cast(
            coalesce(helped.sum_rating, 0) + coalesce(erased.sum_rating, 0) as bigint
        ) as sum_rating,
        cast(
            coalesce(helped.count_sentiments, 0) + coalesce(erased.count_sentiments, 0) as bigint
        ) as count_sentiments,
        cast(coalesce(bought.count_orders, 0) as bigint) as count_orders,
        coalesce(cast(helped.sum_sentiment as double), 0) + coalesce(erased.sum_sentiment, 0)
            as sum_sentiment,
        coalesce(helped.sum_handling_seconds, 0) + coalesce(erased.sum_handling_seconds, 0)
            as sum_handling_seconds,
        helped.median_handling_seconds,
        helped.median_first_answer_seconds,
        helped.median_first_agent_answer_seconds,
        helped.median_solve_seconds
    from helped
    full outer join bought using (day, channel, language, country, reason)
    full outer join erased using (day, channel, language, country, reason)

),

finished as (

    select
        day,
        channel,
        language,
        country,
        reason,
        count_resolution_threads,
        count_contacts,
        count_messages,
        count_orders,
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
        sum_handling_seconds,
        median_handling_seconds,
        sum_handling_seconds / nullif(count_resolution_threads, 0) as average_handling_seconds,
        median_first_answer_seconds,
        median_first_agent_answer_seconds,
        median_solve_seconds,
        count_solved_at_first_contact / nullif(count_finished, 0)
            as share_solved_at_first_contact,
        count_self_service / nullif(count_finished, 0) as share_self_service,
        count_repeated_explanation / nullif(count_asked, 0) as share_repeated_explanation,
        count_answered_fast / nullif(count_asked, 0) as share_answered_fast,
        sum_rating / nullif(count_ratings, 0) as average_rating,
        sum_sentiment / nullif(count_sentiments, 0) as average_sentiment
    from counted

)

select * from finished
order by
    day,
    channel,
    language,
    country,
    reason
