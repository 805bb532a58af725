-- One row per day, channel, language, country and reason: how problems that opened then went.
with

permitted as (

    {{ permitted_for('quality') }}

),

contributions as (

    select * from {{ ref('stg_resolution__contributions') }}

),

orders as (

    select * from {{ ref('stg_orders__orders') }}

),

erased as (

    select * from {{ ref('stg_erasure__totals') }}

),

helped as (

    select
        day,
        channel,
        language,
        country,
        reason,
        sum(columns('^(count|sum)_')),
        median(handling_seconds) as median_handling_seconds,
        median(first_answer_seconds) as median_first_answer_seconds,
        median(first_agent_answer_seconds) as median_first_agent_answer_seconds,
        median(solve_seconds) as median_solve_seconds
    from contributions
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

-- whatever counts or sums is added up, by name: past totals stay as they were when somebody is
-- erased; medians are of who is left
together as (

    select * from helped
    union all by name
    select * from bought
    union all by name
    select * from erased

),

counted as (

    select
        day,
        channel,
        language,
        country,
        reason,
        cast(coalesce(sum(columns('^count_')), 0) as bigint),
        coalesce(sum(columns('^sum_')), 0),
        any_value(columns('^median_'))
    from together
    group by all

),

finished as (

    select
        * replace (cast(sum_rating as bigint) as sum_rating),
        sum_handling_seconds / nullif(count_resolution_threads, 0) as average_handling_seconds,
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
