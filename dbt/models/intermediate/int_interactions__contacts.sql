-- One row per contact: a vendor's thread with one customer, cut where an endless one fell silent.
with

activity as (

    select * from {{ ref('int_interactions__activity') }}

),

customers as (

    select * from {{ ref('int_identity__customers') }}

),

summarised as (

    select
        thread_id,
        customer_id,
        contact_number,
        arg_min(activity_id, position) as contact_id,
        arg_min(subject_id, position) as subject_id,
        arg_min(channel, position) as channel,
        arg_max(value, position) filter (where kind = 'reason_set') as reason,
        arg_min(language, position) filter (
            where kind = 'message' and actor = 'customer' and language != 'und'
        ) as customer_language,
        arg_min(language, position) filter (where language != 'und') as any_language,
        arg_max(country, position) as country,
        arg_max(kind, position) filter (
            where kind in ('opened', 'reopened', 'solved', 'closed')
        ) as last_lifecycle,
        arg_max(kind, position) filter (where kind in ('reopened', 'solved')) as last_settled,
        arg_max(actor, position) filter (
            where kind = 'message' and direction != 'internal'
        ) as last_speaker,
        arg_max(try_cast(value as integer), position) filter (
            where kind = 'rated' and try_cast(value as integer) between 1 and 5
        ) as rating,
        count(*) filter (where kind = 'message') as count_messages,
        count(*) filter (
            where kind = 'message' and actor = 'customer'
        ) as count_customer_messages,
        count(*) filter (
            where kind = 'message' and actor = 'agent' and direction = 'outbound'
        ) as count_agent_messages,
        count(*) filter (
            where kind = 'message' and actor = 'bot' and direction = 'outbound'
        ) as count_bot_messages,
        count(*) filter (where kind = 'escalated') as count_escalations,
        count(*) filter (where kind = 'reopened') as count_reopenings,
        greatest(
            count(*) filter (where kind = 'transferred'),
            count(distinct agent_token) filter (where kind = 'message') - 1,
            0
        ) as count_handoffs,
        coalesce(
            sum(duration_seconds),
            sum(least(seconds_since_message, {{ longest_pause_seconds() }})) filter (
                where kind = 'message' and seconds_since_message is not null
            ),
            0
        ) as handling_seconds,
        sum(sentiment) filter (where actor = 'customer') as sum_sentiment,
        count(sentiment) filter (where actor = 'customer') as count_sentiments,
        bool_or(has_lifecycle) as has_lifecycle,
        bool_or(actor = 'agent' or agent_token is not null) as has_agent,
        -- on the phone the customer asks by calling; elsewhere with the first message
        min(
            case
                when channel = 'phone' then position - 1
                when kind = 'message' and actor = 'customer' then position
            end
        ) as asked_position,
        case
            when bool_or(channel = 'phone') then min(occurred_at)
            else min(occurred_at) filter (where kind = 'message' and actor = 'customer')
        end as asked_at,
        min(occurred_at) as opened_at,
        max(occurred_at) filter (where kind = 'solved') as last_solved_at,
        max(occurred_at) filter (where kind = 'message') as last_message_at,
        max(occurred_at) filter (where kind not in ('rated', 'closed')) as last_activity_at
    from activity
    group by
        thread_id,
        customer_id,
        contact_number

),

answered as (

    select
        summarised.contact_id,
        min(activity.occurred_at) as first_answer_at,
        min(activity.occurred_at) filter (where activity.actor = 'agent') as first_agent_answer_at
    from summarised
    inner join activity
        on
            summarised.thread_id = activity.thread_id
            and summarised.customer_id = activity.customer_id
            and summarised.contact_number = activity.contact_number
    where
        activity.kind = 'message'
        and activity.direction = 'outbound'
        and activity.actor in ('agent', 'bot')
        and activity.position > summarised.asked_position
    group by summarised.contact_id

),

judged as (

    select
        *,
        coalesce(last_settled = 'solved', false) as is_settled,
        case
            when last_lifecycle in ('solved', 'closed') then last_lifecycle
            when channel = 'phone' then 'closed'
            when has_lifecycle then 'open'
            when last_speaker in ('agent', 'bot') then 'answered'
            else 'open'
        end as status
    from summarised

),

finished as (

    select
        judged.contact_id,
        judged.thread_id,
        judged.customer_id,
        judged.subject_id,
        judged.channel,
        coalesce(nullif(judged.reason, ''), 'unknown') as reason,
        coalesce(judged.customer_language, judged.any_language, 'und') as language,
        coalesce(judged.country, customers.country, 'ZZ') as country,
        judged.status,
        judged.contact_number,
        judged.rating,
        judged.count_messages,
        judged.count_customer_messages,
        judged.count_agent_messages,
        judged.count_bot_messages,
        judged.count_escalations,
        judged.count_handoffs,
        judged.count_reopenings,
        judged.count_sentiments,
        judged.sum_sentiment,
        judged.handling_seconds,
        epoch(answered.first_answer_at) - epoch(judged.asked_at) as first_answer_seconds,
        epoch(answered.first_agent_answer_at) - epoch(judged.asked_at)
            as first_agent_answer_seconds,
        -- what only we sent (a notice, a campaign) is no contact of the customer's
        judged.count_customer_messages > 0 or judged.count_messages = 0 or judged.channel = 'phone'
            as is_from_customer,
        judged.asked_at is not null as is_asked,
        judged.status = 'open' as is_open,
        judged.status in ('solved', 'answered')
        or (judged.status = 'closed' and judged.is_settled) as is_solved,
        judged.has_agent,
        judged.opened_at,
        case
            when judged.status = 'answered' then judged.last_message_at
            when judged.status != 'open' and judged.is_settled then judged.last_solved_at
        end as solved_at,
        judged.last_message_at,
        coalesce(judged.last_activity_at, judged.opened_at) as last_activity_at
    from judged
    left join answered on judged.contact_id = answered.contact_id
    left join customers on judged.customer_id = customers.customer_id

)

select * from finished
