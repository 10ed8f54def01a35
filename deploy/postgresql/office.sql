-- The database of one landlord and the three accounts that may reach it, each with no more than it needs.
--
--     psql -v office=harrowmere -f office.sql postgres          as a superuser; harmless to repeat
--
-- Run it before the first `correspondence database upgrade`, and again after each: what an upgrade
-- adds may be written by the office at once, and this takes back what it need not.
--
--   harrowmere_owner    owns the tables; used for upgrades alone, so that no program that reads
--                       strangers' mail can change or drop a table
--   harrowmere          the office at work (run, serve, worker): rows, and no table. To the record of
--                       events it can only add: not even a program that was taken over rewrites it
--   harrowmere_reader   looks, and changes nothing: backups, figures
--
-- No password is set here. Give each one with \password NAME, or have the accounts of the machine
-- of the same name let in (peer), and let nobody in from elsewhere without TLS (pg_hba.conf: hostssl).

\set ON_ERROR_STOP on
\if :{?office}
\else
    \echo 'Say which office: psql -v office=harrowmere -f office.sql'
    \quit
\endif
\set owner :office _owner
\set reader :office _reader

SELECT format('CREATE ROLE %I LOGIN NOINHERIT', name)
FROM unnest(ARRAY[:'owner', :'office', :'reader']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- One office cannot use up what all share: each worker keeps up to concurrency + 24 connections.
ALTER ROLE :"office" CONNECTION LIMIT 120;
ALTER ROLE :"owner" CONNECTION LIMIT 10;
ALTER ROLE :"reader" CONNECTION LIMIT 5;
ALTER ROLE :"reader" SET default_transaction_read_only = on;

SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', :'office', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'office')
\gexec

REVOKE ALL ON DATABASE :"office" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"office" TO :"owner", :"office", :"reader";

\connect :"office"

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"owner";
GRANT USAGE ON SCHEMA public TO :"office", :"reader";

-- What upgrades add.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"office";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO :"office";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO :"office";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT SELECT ON TABLES TO :"reader";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT SELECT ON SEQUENCES TO :"reader";

-- What is there.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"office";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"office";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO :"office";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"reader";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO :"reader";

-- What the office need not do: change or remove an event, or say of which version the tables are.
SELECT format('REVOKE UPDATE, DELETE ON public.events FROM %I', :'office')
WHERE to_regclass('public.events') IS NOT NULL
\gexec
SELECT format('REVOKE INSERT, UPDATE, DELETE ON public.alembic_version FROM %I', :'office')
WHERE to_regclass('public.alembic_version') IS NOT NULL
\gexec
