-- One row per problem of a customer whom `quality` is permitted for, across channels.
with

permitted as (

    {{ permitted_for('quality') }}

),

contacts as (

    select * from {{ ref('int_resolution__contacts') }}

),

permitted_customers as (

    select distinct customer_id from permitted

),

permitted_contacts as (

    select contacts.*
    from contacts
    inner join permitted_customers on contacts.customer_id = permitted_customers.customer_id

),

summarised as (

    select
        resolution_thread_id,
        customer_id,
        arg_min(channel, contact_position) as channel,
        any_value(resolution_reason) as reason,
        arg_min(language, contact_position) filter (where language != 'und') as language,
        arg_min(country, contact_position) filter (where country != 'ZZ') as country,
        list_sort(list(distinct channel)) as channels,
        count(*) as count_contacts,
        count(*) filter (where is_asked) as count_explanations,
        sum(count_messages) as count_messages,
        sum(count_bot_messages) as count_bot_messages,
        sum(count_escalations) as count_escalations,
        sum(count_handoffs) as count_handoffs,
        sum(count_reopenings) as count_reopenings,
        sum(handling_seconds) as handling_seconds,
        arg_min(first_answer_seconds, contact_position) filter (where is_asked)
            as any_first_answer_seconds,
        min(contact_position) filter (where is_asked) as asked_contact,
        min(contact_position) filter (where first_answer_seconds is not null)
            as answered_contact,
        arg_min(first_agent_answer_seconds, contact_position) as first_agent_answer_seconds,
        arg_max(rating, contact_position) as rating,
        sum(sum_sentiment) as sum_sentiment,
        sum(count_sentiments) as count_sentiments,
        arg_max(is_open, contact_position) as is_open,
        arg_max(is_solved, contact_position) as is_solved,
        bool_or(has_agent) as has_agent,
        bool_or(is_asked) as is_asked,
        min(opened_at) as opened_at,
        arg_max(solved_at, contact_position) as last_solved_at
    from permitted_contacts
    group by
        resolution_thread_id,
        customer_id

),

finished as (

    select
        resolution_thread_id,
        customer_id,
        channel,
        reason,
        coalesce(language, 'und') as language,
        coalesce(country, 'ZZ') as country,
        channels,
        count_contacts,
        cast(count_messages as bigint) as count_messages,
        cast(count_escalations as bigint) as count_escalations,
        cast(count_handoffs as bigint) as count_handoffs,
        cast(count_reopenings as bigint) as count_reopenings,
        cast(count_sentiments as bigint) as count_sentiments,
        sum_sentiment,
        rating,
        handling_seconds,
        -- only an answer in the contact that asked first is a first answer
        case when asked_contact = answered_contact then any_first_answer_seconds end
            as first_answer_seconds,
        first_agent_answer_seconds,
        case when is_solved then epoch(last_solved_at) - epoch(opened_at) end as solve_seconds,
        is_asked,
        coalesce(
            is_asked
            and asked_contact = answered_contact
            and any_first_answer_seconds <= {{ fast_answer_seconds() }},
            false
        ) as is_answered_fast,
        not is_open as is_finished,
        is_solved,
        is_solved and count_contacts = 1 and count_reopenings = 0 as is_solved_at_first_contact,
        is_solved and not has_agent and count_bot_messages > 0 as is_self_service,
        count_explanations > 1 as is_repeated_explanation,
        opened_at,
        case when is_solved then last_solved_at end as solved_at
    from summarised

)

select * from finished
order by
    customer_id,
    opened_at,
    resolution_thread_id
