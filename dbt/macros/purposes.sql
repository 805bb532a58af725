{#- The fixed vocabulary of purposes (W3C DPV); `accountability` is compliance work itself. -#}
{% macro purposes() %}
    {{ return([
        "service",
        "quality",
        "analytics",
        "personalisation",
        "marketing",
        "model_training",
        "third_party_sharing",
        "accountability",
    ]) }}
{% endmacro %}


{#-
    Stop the run when a mart does not say what it is for, or says it and lets rows through unasked.

    A mart is a model in `models/marts`. Each names one purpose in `meta`, and each asks
    `permitted_for`, which is how it comes to depend on the decisions.
-#}
{% macro require_purposes() %}
    {% if execute %}
        {% for node in graph.nodes.values() %}
            {% if node.resource_type == "model" and "marts" in node.fqn %}
                {% set purpose = node.config.meta.get("purpose") %}
                {% if purpose is none %}
                    {{ exceptions.raise_compiler_error(
                        "mart " ~ node.name ~ " names no purpose in its meta"
                    ) }}
                {% elif purpose not in purposes() %}
                    {{ exceptions.raise_compiler_error(
                        "mart " ~ node.name ~ " names an unknown purpose: " ~ purpose
                    ) }}
                {% elif "model.c360.stg_consent__decisions" not in node.depends_on.nodes %}
                    {{ exceptions.raise_compiler_error(
                        "mart " ~ node.name ~ " does not ask permitted_for('" ~ purpose ~ "')"
                    ) }}
                {% endif %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
