-- One row per contact a customer made, with the resolution thread it belongs to.
with

contacts as (

    select * from {{ ref('int_interactions__contacts') }}

),

made as (

    select * from contacts
    where is_from_customer

),

-- the nearest known reasons around a contact whose own is unknown
surrounded as (

    select
        *,
        arg_max(reason, row(last_activity_at, opened_at, contact_id)) filter (
            where reason != 'unknown'
        ) over before as reason_before,
        max(case when reason != 'unknown' then last_activity_at end) over before
            as reason_before_at,
        first_value(case when reason != 'unknown' then reason end ignore nulls) over after
            as reason_after,
        min(case when reason != 'unknown' then opened_at end) over after as reason_after_at
    from made
    window
        before as (
            partition by customer_id
            order by opened_at, contact_id
            rows between unbounded preceding and 1 preceding
        ),
        after as (
            partition by customer_id
            order by opened_at, contact_id
            rows between 1 following and unbounded following
        )

),

reasoned as (

    select
        * exclude (reason_before, reason_before_at, reason_after, reason_after_at),
        case
            when reason != 'unknown' then reason
            when epoch(opened_at) - epoch(reason_before_at) <= {{ silence_seconds() }}
                then reason_before
            when epoch(reason_after_at) - epoch(last_activity_at) <= {{ silence_seconds() }}
                then reason_after
            else reason
        end as resolution_reason
    from surrounded

),

spaced as (

    select
        *,
        epoch(opened_at) - epoch(
            max(last_activity_at) over (
                partition by customer_id, resolution_reason
                order by opened_at, contact_id
                rows between unbounded preceding and 1 preceding
            )
        ) as seconds_since_contact
    from reasoned

),

numbered as (

    select
        *,
        count(*) filter (where seconds_since_contact > {{ silence_seconds() }}) over (
            partition by customer_id, resolution_reason
            order by opened_at, contact_id
        ) as problem_number
    from spaced

),

finished as (

    select
        contact_id,
        first_value(contact_id) over in_problem as resolution_thread_id,
        thread_id,
        customer_id,
        subject_id,
        channel,
        reason,
        resolution_reason,
        language,
        country,
        status,
        row_number() over in_problem as contact_position,
        rating,
        count_messages,
        count_customer_messages,
        count_agent_messages,
        count_bot_messages,
        count_escalations,
        count_handoffs,
        count_reopenings,
        count_sentiments,
        sum_sentiment,
        handling_seconds,
        first_answer_seconds,
        first_agent_answer_seconds,
        is_asked,
        is_open,
        is_solved,
        has_agent,
        opened_at,
        solved_at,
        last_activity_at
    from numbered
    window
        in_problem as (
            partition by customer_id, resolution_reason, problem_number
            order by opened_at, contact_id
        )

)

select * from finished
