-- One row per message or thread event of a known customer, in order within its thread.
with

messages as (

    select * from {{ ref('stg_interactions__messages') }}

),

thread_events as (

    select * from {{ ref('stg_interactions__thread_events') }}

),

customers as (

    select * from {{ ref('stg_identity__customers') }}

),

together as (

    select
        interaction_id as activity_id,
        thread_id,
        subject_id,
        agent_token,
        'message' as kind,
        channel,
        direction,
        speaker as actor,
        language,
        country,
        null as value,
        sentiment,
        duration_seconds,
        1 as kind_rank,
        occurred_at
    from messages

    union all

    select
        event_id as activity_id,
        thread_id,
        subject_id,
        agent_token,
        event_kind as kind,
        channel,
        null as direction,
        actor,
        null as language,
        null as country,
        event_value as value,
        null as sentiment,
        null as duration_seconds,
        case event_kind
            when 'opened' then 0
            when 'reopened' then 3
            when 'solved' then 4
            when 'closed' then 5
            when 'rated' then 6
            else 2
        end as kind_rank,
        occurred_at
    from thread_events

),

-- a row that names nobody belongs to whoever the thread named first
threads_with_unnamed as (

    select distinct thread_id
    from together
    where subject_id is null

),

owners as (

    select
        together.thread_id,
        arg_min(
            together.subject_id,
            row(together.occurred_at, together.kind_rank, together.activity_id)
        ) as subject_id
    from together
    inner join threads_with_unnamed on together.thread_id = threads_with_unnamed.thread_id
    where together.subject_id is not null
    group by together.thread_id

),

-- threads that say of themselves when they begin and end
threads_with_lifecycle as (

    select distinct thread_id
    from thread_events
    where event_kind in ('opened', 'solved', 'reopened', 'closed')

),

attributed as (

    select
        together.activity_id,
        together.thread_id,
        customers.customer_id,
        customers.subject_id,
        together.agent_token,
        together.kind,
        together.channel,
        together.direction,
        together.actor,
        together.language,
        together.country,
        together.value,
        together.sentiment,
        together.duration_seconds,
        together.kind_rank,
        threads_with_lifecycle.thread_id is not null as has_lifecycle,
        together.occurred_at
    from together
    left join owners on together.thread_id = owners.thread_id
    inner join customers
        on coalesce(together.subject_id, owners.subject_id) = customers.subject_id
    left join threads_with_lifecycle on together.thread_id = threads_with_lifecycle.thread_id

),

placed as (

    select
        *,
        row_number() over in_thread as position,
        epoch(occurred_at) - epoch(lag(occurred_at) over in_thread) as seconds_since_activity,
        epoch(occurred_at) - epoch(
            max(case when kind = 'message' then occurred_at end) over (
                partition by thread_id, customer_id
                order by occurred_at, kind_rank, activity_id
                rows between unbounded preceding and 1 preceding
            )
        ) as seconds_since_message
    from attributed
    window
        in_thread as (
            partition by thread_id, customer_id
            order by occurred_at, kind_rank, activity_id
        )

),

-- a thread that never ends by itself (WhatsApp, SMS) is a new contact after a silence
cut as (

    select
        *,
        not has_lifecycle
        and seconds_since_activity > {{ silence_seconds() }} as is_after_silence
    from placed

),

numbered as (

    select
        activity_id,
        thread_id,
        customer_id,
        subject_id,
        agent_token,
        kind,
        channel,
        direction,
        actor,
        language,
        country,
        value,
        position,
        cast(
            count(*) filter (where is_after_silence) over (
                partition by thread_id, customer_id
                order by position
            ) as integer
        ) as contact_number,
        sentiment,
        duration_seconds,
        case when not coalesce(is_after_silence, false) then seconds_since_message end
            as seconds_since_message,
        has_lifecycle,
        occurred_at
    from cut

)

select * from numbered
