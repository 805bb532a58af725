-- One row per handle: which subject is reached by it, and since when we know.
with

handles as (

    select * from {{ source('core', 'handles') }}

),

deduplicated as (

    select
        handle_index,
        subject_id,
        kind,
        min(first_seen_at) as first_seen_at
    from handles
    group by
        handle_index,
        subject_id,
        kind

)

select * from deduplicated
