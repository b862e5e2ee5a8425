-- Prints the GRANT statements of the running server, one a table; run after every migration.
-- Logs that prove something are append-only for it: it can add rows and never change or remove one.
SELECT CONCAT(
    'GRANT SELECT',
    CASE
        WHEN table_type = 'VIEW' THEN ''
        WHEN table_name IN ('ticket_event', 'audit', 'chain_checkpoint', 'chain_checkpoint_entry', 'attachment', 'kpi_freeze',
            'kpi_freeze_figure', 'kpi_freeze_ticket', 'scorecard_version', 'knowledge_version', 'knowledge_step',
            'knowledge_use') THEN ', INSERT'
        ELSE ', INSERT, UPDATE, DELETE'
    END,
    ' ON `', table_schema, '`.`', table_name, '` TO ''hotline''@''localhost'';'
)
FROM information_schema.tables
WHERE table_schema = '@schema@' AND table_type IN ('BASE TABLE', 'VIEW');
