-- One row per customer who was ever in contact: their contacts, counted.
with

contacts as (

    select * from {{ ref('int_interactions__contacts') }}

),

resolution_contacts as (

    select * from {{ ref('int_resolution__contacts') }}

),

ordered as (

    select
        *,
        row_number() over (partition by customer_id order by opened_at, contact_id) as position
    from contacts

),

counted as (

    select
        customer_id,
        arg_max(reason, position) filter (where reason != 'unknown') as last_reason,
        arg_max(rating, position) as last_rating,
        list_sort(list(distinct channel)) as channels,
        coalesce(list_sort(list(distinct language) filter (where language != 'und')), [])
            as languages,
        coalesce(
            list(
                struct_pack(
                    thread_id := thread_id,
                    channel := channel,
                    reason := reason,
                    status := status,
                    opened_at := opened_at,
                    last_message_at := last_message_at
                )
                order by position
            ) filter (where is_from_customer and is_open),
            []
        ) as open_threads,
        count(*) filter (where is_from_customer) as count_contacts,
        count(distinct thread_id) as count_threads,
        count(*) filter (where is_from_customer and is_open) as count_open_threads,
        sum(count_messages) as count_messages,
        sum(count_escalations) as count_escalations,
        sum(count_handoffs) as count_handoffs,
        sum(count_reopenings) as count_reopenings,
        sum(rating) as sum_rating,
        count(rating) as count_ratings,
        sum(sum_sentiment) as sum_sentiment,
        sum(count_sentiments) as count_sentiments,
        min(opened_at) as first_contact_at,
        max(last_activity_at) as last_contact_at
    from ordered
    group by customer_id

),

-- the most used; of two used alike, the one used last
channel_ranks as (

    select
        customer_id,
        channel,
        row_number() over (
            partition by customer_id order by count(*) desc, max(position) desc
        ) as rank
    from ordered
    group by
        customer_id,
        channel

),

language_ranks as (

    select
        customer_id,
        language,
        row_number() over (
            partition by customer_id order by count(*) desc, max(position) desc
        ) as rank
    from ordered
    where language != 'und'
    group by
        customer_id,
        language

),

problems as (

    select
        customer_id,
        resolution_thread_id,
        count(*) filter (where is_asked) > 1 as is_repeated_explanation,
        min(opened_at) as opened_at
    from resolution_contacts
    group by
        customer_id,
        resolution_thread_id

),

explained as (

    select
        customer_id,
        arg_max(is_repeated_explanation, row(opened_at, resolution_thread_id))
            as has_repeated_explanation,
        count(*) as count_resolution_threads,
        count(*) filter (where is_repeated_explanation) as count_repeated_explanations
    from problems
    group by customer_id

),

finished as (

    select
        counted.customer_id,
        channel_ranks.channel as preferred_channel,
        coalesce(language_ranks.language, 'und') as preferred_language,
        counted.last_reason,
        counted.channels,
        counted.languages,
        counted.open_threads,
        counted.last_rating,
        counted.count_contacts,
        counted.count_threads,
        counted.count_open_threads,
        coalesce(explained.count_resolution_threads, 0) as count_resolution_threads,
        coalesce(explained.count_repeated_explanations, 0) as count_repeated_explanations,
        counted.count_messages,
        counted.count_escalations,
        counted.count_handoffs,
        counted.count_reopenings,
        counted.count_ratings,
        counted.sum_rating,
        counted.count_sentiments,
        counted.sum_sentiment,
        coalesce(explained.has_repeated_explanation, false) as has_repeated_explanation,
        counted.first_contact_at,
        counted.last_contact_at
    from counted
    left join channel_ranks
        on counted.customer_id = channel_ranks.customer_id and channel_ranks.rank = 1
    left join language_ranks
        on counted.customer_id = language_ranks.customer_id and language_ranks.rank = 1
    left join explained on counted.customer_id = explained.customer_id

)

select * from finished
