{#- The spans of time the KPIs are defined by, in one place. DECISIONLOG.md says why these. -#}

{#- A customer who is back within this time, for the same reason, has still the same problem. -#}
{% macro silence_seconds() %}{{ 7 * 24 * 60 * 60 }}{% endmacro %}

{#- The longest pause between two messages that counts as handling time. -#}
{% macro longest_pause_seconds() %}{{ 5 * 60 }}{% endmacro %}

{#- An answer within this time is a fast one. -#}
{% macro fast_answer_seconds() %}{{ 90 }}{% endmacro %}
