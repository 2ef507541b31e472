--
-- PostgreSQL database dump
--

\restrict kYEPLGPigGelaohbNMEDzx3xaB96vdNJoQRS0fr7s9VTXCgfe2zihdqWx3JgLEW

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: accounts; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA accounts;


--
-- Name: analytics; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA analytics;


--
-- Name: audit; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA audit;


--
-- Name: billing; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA billing;


--
-- Name: blog; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA blog;


--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: subscription_status; Type: TYPE; Schema: billing; Owner: -
--

CREATE TYPE billing.subscription_status AS ENUM (
    'trialing',
    'active',
    'past_due',
    'canceled'
);


--
-- Name: log_change(); Type: FUNCTION; Schema: audit; Owner: -
--

CREATE FUNCTION audit.log_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  INSERT INTO audit.events (schema_name, table_name, row_id, action, changes)
  VALUES (TG_TABLE_SCHEMA, TG_TABLE_NAME, NEW.id, lower(TG_OP), to_jsonb(NEW));
  RETURN NEW;
END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: memberships; Type: TABLE; Schema: accounts; Owner: -
--

CREATE TABLE accounts.memberships (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    user_id bigint NOT NULL,
    role character varying(255) DEFAULT 'writer'::character varying NOT NULL,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: memberships_id_seq; Type: SEQUENCE; Schema: accounts; Owner: -
--

CREATE SEQUENCE accounts.memberships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: memberships_id_seq; Type: SEQUENCE OWNED BY; Schema: accounts; Owner: -
--

ALTER SEQUENCE accounts.memberships_id_seq OWNED BY accounts.memberships.id;


--
-- Name: organizations; Type: TABLE; Schema: accounts; Owner: -
--

CREATE TABLE accounts.organizations (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    slug public.citext NOT NULL,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: organizations_id_seq; Type: SEQUENCE; Schema: accounts; Owner: -
--

CREATE SEQUENCE accounts.organizations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: organizations_id_seq; Type: SEQUENCE OWNED BY; Schema: accounts; Owner: -
--

ALTER SEQUENCE accounts.organizations_id_seq OWNED BY accounts.organizations.id;


--
-- Name: user_tokens; Type: TABLE; Schema: accounts; Owner: -
--

CREATE TABLE accounts.user_tokens (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    token bytea NOT NULL,
    context character varying(255) NOT NULL,
    sent_to character varying(255),
    inserted_at timestamp(0) without time zone NOT NULL
);


--
-- Name: user_tokens_id_seq; Type: SEQUENCE; Schema: accounts; Owner: -
--

CREATE SEQUENCE accounts.user_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: user_tokens_id_seq; Type: SEQUENCE OWNED BY; Schema: accounts; Owner: -
--

ALTER SEQUENCE accounts.user_tokens_id_seq OWNED BY accounts.user_tokens.id;


--
-- Name: users; Type: TABLE; Schema: accounts; Owner: -
--

CREATE TABLE accounts.users (
    id bigint NOT NULL,
    email public.citext NOT NULL,
    hashed_password character varying(255) NOT NULL,
    display_name character varying(255) NOT NULL,
    confirmed_at timestamp(0) without time zone,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: users_id_seq; Type: SEQUENCE; Schema: accounts; Owner: -
--

CREATE SEQUENCE accounts.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: users_id_seq; Type: SEQUENCE OWNED BY; Schema: accounts; Owner: -
--

ALTER SEQUENCE accounts.users_id_seq OWNED BY accounts.users.id;


--
-- Name: daily_post_stats; Type: TABLE; Schema: analytics; Owner: -
--

CREATE TABLE analytics.daily_post_stats (
    post_id bigint NOT NULL,
    day date NOT NULL,
    views integer DEFAULT 0 NOT NULL,
    visitors integer DEFAULT 0 NOT NULL
);


--
-- Name: page_views; Type: TABLE; Schema: analytics; Owner: -
--

CREATE TABLE analytics.page_views (
    id bigint NOT NULL,
    post_id bigint NOT NULL,
    visitor_hash bytea NOT NULL,
    referrer character varying(255),
    viewed_at timestamp(0) without time zone NOT NULL
)
PARTITION BY RANGE (viewed_at);


--
-- Name: page_views_id_seq; Type: SEQUENCE; Schema: analytics; Owner: -
--

CREATE SEQUENCE analytics.page_views_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: page_views_id_seq; Type: SEQUENCE OWNED BY; Schema: analytics; Owner: -
--

ALTER SEQUENCE analytics.page_views_id_seq OWNED BY analytics.page_views.id;


--
-- Name: page_views_2026_01; Type: TABLE; Schema: analytics; Owner: -
--

CREATE TABLE analytics.page_views_2026_01 (
    id bigint DEFAULT nextval('analytics.page_views_id_seq'::regclass) NOT NULL,
    post_id bigint NOT NULL,
    visitor_hash bytea NOT NULL,
    referrer character varying(255),
    viewed_at timestamp(0) without time zone NOT NULL
);


--
-- Name: page_views_2026_02; Type: TABLE; Schema: analytics; Owner: -
--

CREATE TABLE analytics.page_views_2026_02 (
    id bigint DEFAULT nextval('analytics.page_views_id_seq'::regclass) NOT NULL,
    post_id bigint NOT NULL,
    visitor_hash bytea NOT NULL,
    referrer character varying(255),
    viewed_at timestamp(0) without time zone NOT NULL
);


--
-- Name: page_views_2026_03; Type: TABLE; Schema: analytics; Owner: -
--

CREATE TABLE analytics.page_views_2026_03 (
    id bigint DEFAULT nextval('analytics.page_views_id_seq'::regclass) NOT NULL,
    post_id bigint NOT NULL,
    visitor_hash bytea NOT NULL,
    referrer character varying(255),
    viewed_at timestamp(0) without time zone NOT NULL
);


--
-- Name: page_views_2026_04; Type: TABLE; Schema: analytics; Owner: -
--

CREATE TABLE analytics.page_views_2026_04 (
    id bigint DEFAULT nextval('analytics.page_views_id_seq'::regclass) NOT NULL,
    post_id bigint NOT NULL,
    visitor_hash bytea NOT NULL,
    referrer character varying(255),
    viewed_at timestamp(0) without time zone NOT NULL
);


--
-- Name: page_views_default; Type: TABLE; Schema: analytics; Owner: -
--

CREATE TABLE analytics.page_views_default (
    id bigint DEFAULT nextval('analytics.page_views_id_seq'::regclass) NOT NULL,
    post_id bigint NOT NULL,
    visitor_hash bytea NOT NULL,
    referrer character varying(255),
    viewed_at timestamp(0) without time zone NOT NULL
);


--
-- Name: events; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.events (
    id bigint NOT NULL,
    actor_id bigint,
    schema_name character varying(255) NOT NULL,
    table_name character varying(255) NOT NULL,
    row_id bigint NOT NULL,
    action character varying(255) NOT NULL,
    changes jsonb NOT NULL,
    inserted_at timestamp without time zone DEFAULT now() NOT NULL
);


--
-- Name: TABLE events; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.events IS 'One row per change to a watched table, written by triggers. Kept for seven years.';


--
-- Name: COLUMN events.actor_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.events.actor_id IS 'Who did it. Deliberately not a foreign key: the record outlives the account.';


--
-- Name: COLUMN events.changes; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.events.changes IS 'The row after the change, as JSON.';


--
-- Name: events_id_seq; Type: SEQUENCE; Schema: audit; Owner: -
--

CREATE SEQUENCE audit.events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: events_id_seq; Type: SEQUENCE OWNED BY; Schema: audit; Owner: -
--

ALTER SEQUENCE audit.events_id_seq OWNED BY audit.events.id;


--
-- Name: invoice_lines; Type: TABLE; Schema: billing; Owner: -
--

CREATE TABLE billing.invoice_lines (
    id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    description character varying(255) NOT NULL,
    quantity integer DEFAULT 1 NOT NULL,
    unit_cents integer NOT NULL
);


--
-- Name: TABLE invoice_lines; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON TABLE billing.invoice_lines IS 'The lines of an invoice.';


--
-- Name: invoice_lines_id_seq; Type: SEQUENCE; Schema: billing; Owner: -
--

CREATE SEQUENCE billing.invoice_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: invoice_lines_id_seq; Type: SEQUENCE OWNED BY; Schema: billing; Owner: -
--

ALTER SEQUENCE billing.invoice_lines_id_seq OWNED BY billing.invoice_lines.id;


--
-- Name: invoices; Type: TABLE; Schema: billing; Owner: -
--

CREATE TABLE billing.invoices (
    id bigint NOT NULL,
    subscription_id bigint NOT NULL,
    number character varying(255) NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    total_cents integer NOT NULL,
    paid_at timestamp(0) without time zone,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: TABLE invoices; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON TABLE billing.invoices IS 'One bill. The number is a legal identifier and never changes.';


--
-- Name: COLUMN invoices.number; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON COLUMN billing.invoices.number IS 'Legal identifier, for example `INK-004211`.';


--
-- Name: COLUMN invoices.total_cents; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON COLUMN billing.invoices.total_cents IS 'Sum of the lines, in cents.';


--
-- Name: invoices_id_seq; Type: SEQUENCE; Schema: billing; Owner: -
--

CREATE SEQUENCE billing.invoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: invoices_id_seq; Type: SEQUENCE OWNED BY; Schema: billing; Owner: -
--

ALTER SEQUENCE billing.invoices_id_seq OWNED BY billing.invoices.id;


--
-- Name: payments; Type: TABLE; Schema: billing; Owner: -
--

CREATE TABLE billing.payments (
    id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    provider_ref character varying(255) NOT NULL,
    amount_cents bigint NOT NULL,
    succeeded_at timestamp(0) without time zone,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: TABLE payments; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON TABLE billing.payments IS 'Money received for an invoice, as told by the payment provider.';


--
-- Name: payments_id_seq; Type: SEQUENCE; Schema: billing; Owner: -
--

CREATE SEQUENCE billing.payments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: payments_id_seq; Type: SEQUENCE OWNED BY; Schema: billing; Owner: -
--

ALTER SEQUENCE billing.payments_id_seq OWNED BY billing.payments.id;


--
-- Name: plans; Type: TABLE; Schema: billing; Owner: -
--

CREATE TABLE billing.plans (
    id bigint NOT NULL,
    code character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    monthly_cents integer NOT NULL,
    archived_at timestamp(0) without time zone,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: TABLE plans; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON TABLE billing.plans IS 'What a customer can buy. Plans are archived, never deleted, because invoices refer to them.';


--
-- Name: plans_id_seq; Type: SEQUENCE; Schema: billing; Owner: -
--

CREATE SEQUENCE billing.plans_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: plans_id_seq; Type: SEQUENCE OWNED BY; Schema: billing; Owner: -
--

ALTER SEQUENCE billing.plans_id_seq OWNED BY billing.plans.id;


--
-- Name: subscriptions; Type: TABLE; Schema: billing; Owner: -
--

CREATE TABLE billing.subscriptions (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    plan_id bigint NOT NULL,
    status billing.subscription_status DEFAULT 'trialing'::billing.subscription_status NOT NULL,
    current_period_end timestamp(0) without time zone NOT NULL,
    canceled_at timestamp(0) without time zone,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: TABLE subscriptions; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON TABLE billing.subscriptions IS 'The plan an organization is on. At most one live subscription each.';


--
-- Name: subscriptions_id_seq; Type: SEQUENCE; Schema: billing; Owner: -
--

CREATE SEQUENCE billing.subscriptions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: subscriptions_id_seq; Type: SEQUENCE OWNED BY; Schema: billing; Owner: -
--

ALTER SEQUENCE billing.subscriptions_id_seq OWNED BY billing.subscriptions.id;


--
-- Name: comments; Type: TABLE; Schema: blog; Owner: -
--

CREATE TABLE blog.comments (
    id bigint NOT NULL,
    post_id bigint NOT NULL,
    author_id bigint,
    body text NOT NULL,
    approved_at timestamp(0) without time zone,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL,
    parent_id bigint
);


--
-- Name: comments_id_seq; Type: SEQUENCE; Schema: blog; Owner: -
--

CREATE SEQUENCE blog.comments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: comments_id_seq; Type: SEQUENCE OWNED BY; Schema: blog; Owner: -
--

ALTER SEQUENCE blog.comments_id_seq OWNED BY blog.comments.id;


--
-- Name: media; Type: TABLE; Schema: blog; Owner: -
--

CREATE TABLE blog.media (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    storage_key character varying(255) NOT NULL,
    content_type character varying(255) NOT NULL,
    byte_size bigint NOT NULL,
    alt_text character varying(255),
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);


--
-- Name: media_id_seq; Type: SEQUENCE; Schema: blog; Owner: -
--

CREATE SEQUENCE blog.media_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: media_id_seq; Type: SEQUENCE OWNED BY; Schema: blog; Owner: -
--

ALTER SEQUENCE blog.media_id_seq OWNED BY blog.media.id;


--
-- Name: post_redirects; Type: TABLE; Schema: blog; Owner: -
--

CREATE TABLE blog.post_redirects (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    from_slug character varying(255) NOT NULL,
    post_id bigint NOT NULL,
    inserted_at timestamp(0) without time zone NOT NULL
);


--
-- Name: post_redirects_id_seq; Type: SEQUENCE; Schema: blog; Owner: -
--

CREATE SEQUENCE blog.post_redirects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: post_redirects_id_seq; Type: SEQUENCE OWNED BY; Schema: blog; Owner: -
--

ALTER SEQUENCE blog.post_redirects_id_seq OWNED BY blog.post_redirects.id;


--
-- Name: post_tags; Type: TABLE; Schema: blog; Owner: -
--

CREATE TABLE blog.post_tags (
    post_id bigint NOT NULL,
    tag_id bigint NOT NULL
);


--
-- Name: posts; Type: TABLE; Schema: blog; Owner: -
--

CREATE TABLE blog.posts (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    author_id bigint NOT NULL,
    title character varying(255) NOT NULL,
    slug character varying(255) NOT NULL,
    excerpt character varying(280),
    body text NOT NULL,
    published_at timestamp(0) without time zone,
    view_count integer DEFAULT 0 NOT NULL,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL,
    cover_media_id bigint,
    search tsvector GENERATED ALWAYS AS ((setweight(to_tsvector('english'::regconfig, (title)::text), 'A'::"char") || setweight(to_tsvector('english'::regconfig, (COALESCE(excerpt, ''::character varying))::text), 'B'::"char"))) STORED,
    status text DEFAULT 'draft'::text NOT NULL,
    CONSTRAINT posts_status_must_be_known CHECK ((status = ANY (ARRAY['draft'::text, 'in_review'::text, 'published'::text, 'archived'::text])))
);


--
-- Name: posts_id_seq; Type: SEQUENCE; Schema: blog; Owner: -
--

CREATE SEQUENCE blog.posts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: posts_id_seq; Type: SEQUENCE OWNED BY; Schema: blog; Owner: -
--

ALTER SEQUENCE blog.posts_id_seq OWNED BY blog.posts.id;


--
-- Name: tags; Type: TABLE; Schema: blog; Owner: -
--

CREATE TABLE blog.tags (
    id bigint NOT NULL,
    organization_id bigint NOT NULL,
    name public.citext NOT NULL,
    inserted_at timestamp(0) without time zone NOT NULL
);


--
-- Name: tags_id_seq; Type: SEQUENCE; Schema: blog; Owner: -
--

CREATE SEQUENCE blog.tags_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: tags_id_seq; Type: SEQUENCE OWNED BY; Schema: blog; Owner: -
--

ALTER SEQUENCE blog.tags_id_seq OWNED BY blog.tags.id;


--
-- Name: schema_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_migrations (
    version bigint NOT NULL,
    inserted_at timestamp(0) without time zone
);


--
-- Name: page_views_2026_01; Type: TABLE ATTACH; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views ATTACH PARTITION analytics.page_views_2026_01 FOR VALUES FROM ('2026-01-01 00:00:00') TO ('2026-02-01 00:00:00');


--
-- Name: page_views_2026_02; Type: TABLE ATTACH; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views ATTACH PARTITION analytics.page_views_2026_02 FOR VALUES FROM ('2026-02-01 00:00:00') TO ('2026-03-01 00:00:00');


--
-- Name: page_views_2026_03; Type: TABLE ATTACH; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views ATTACH PARTITION analytics.page_views_2026_03 FOR VALUES FROM ('2026-03-01 00:00:00') TO ('2026-04-01 00:00:00');


--
-- Name: page_views_2026_04; Type: TABLE ATTACH; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views ATTACH PARTITION analytics.page_views_2026_04 FOR VALUES FROM ('2026-04-01 00:00:00') TO ('2026-05-01 00:00:00');


--
-- Name: page_views_default; Type: TABLE ATTACH; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views ATTACH PARTITION analytics.page_views_default DEFAULT;


--
-- Name: memberships id; Type: DEFAULT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.memberships ALTER COLUMN id SET DEFAULT nextval('accounts.memberships_id_seq'::regclass);


--
-- Name: organizations id; Type: DEFAULT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.organizations ALTER COLUMN id SET DEFAULT nextval('accounts.organizations_id_seq'::regclass);


--
-- Name: user_tokens id; Type: DEFAULT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.user_tokens ALTER COLUMN id SET DEFAULT nextval('accounts.user_tokens_id_seq'::regclass);


--
-- Name: users id; Type: DEFAULT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.users ALTER COLUMN id SET DEFAULT nextval('accounts.users_id_seq'::regclass);


--
-- Name: page_views id; Type: DEFAULT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views ALTER COLUMN id SET DEFAULT nextval('analytics.page_views_id_seq'::regclass);


--
-- Name: events id; Type: DEFAULT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.events ALTER COLUMN id SET DEFAULT nextval('audit.events_id_seq'::regclass);


--
-- Name: invoice_lines id; Type: DEFAULT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.invoice_lines ALTER COLUMN id SET DEFAULT nextval('billing.invoice_lines_id_seq'::regclass);


--
-- Name: invoices id; Type: DEFAULT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.invoices ALTER COLUMN id SET DEFAULT nextval('billing.invoices_id_seq'::regclass);


--
-- Name: payments id; Type: DEFAULT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.payments ALTER COLUMN id SET DEFAULT nextval('billing.payments_id_seq'::regclass);


--
-- Name: plans id; Type: DEFAULT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.plans ALTER COLUMN id SET DEFAULT nextval('billing.plans_id_seq'::regclass);


--
-- Name: subscriptions id; Type: DEFAULT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.subscriptions ALTER COLUMN id SET DEFAULT nextval('billing.subscriptions_id_seq'::regclass);


--
-- Name: comments id; Type: DEFAULT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.comments ALTER COLUMN id SET DEFAULT nextval('blog.comments_id_seq'::regclass);


--
-- Name: media id; Type: DEFAULT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.media ALTER COLUMN id SET DEFAULT nextval('blog.media_id_seq'::regclass);


--
-- Name: post_redirects id; Type: DEFAULT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.post_redirects ALTER COLUMN id SET DEFAULT nextval('blog.post_redirects_id_seq'::regclass);


--
-- Name: posts id; Type: DEFAULT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.posts ALTER COLUMN id SET DEFAULT nextval('blog.posts_id_seq'::regclass);


--
-- Name: tags id; Type: DEFAULT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.tags ALTER COLUMN id SET DEFAULT nextval('blog.tags_id_seq'::regclass);


--
-- Name: memberships memberships_pkey; Type: CONSTRAINT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);


--
-- Name: organizations organizations_pkey; Type: CONSTRAINT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);


--
-- Name: user_tokens user_tokens_pkey; Type: CONSTRAINT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.user_tokens
    ADD CONSTRAINT user_tokens_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: daily_post_stats daily_post_stats_pkey; Type: CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.daily_post_stats
    ADD CONSTRAINT daily_post_stats_pkey PRIMARY KEY (post_id, day);


--
-- Name: page_views page_views_pkey; Type: CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views
    ADD CONSTRAINT page_views_pkey PRIMARY KEY (id, viewed_at);


--
-- Name: page_views_2026_01 page_views_2026_01_pkey; Type: CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views_2026_01
    ADD CONSTRAINT page_views_2026_01_pkey PRIMARY KEY (id, viewed_at);


--
-- Name: page_views_2026_02 page_views_2026_02_pkey; Type: CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views_2026_02
    ADD CONSTRAINT page_views_2026_02_pkey PRIMARY KEY (id, viewed_at);


--
-- Name: page_views_2026_03 page_views_2026_03_pkey; Type: CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views_2026_03
    ADD CONSTRAINT page_views_2026_03_pkey PRIMARY KEY (id, viewed_at);


--
-- Name: page_views_2026_04 page_views_2026_04_pkey; Type: CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views_2026_04
    ADD CONSTRAINT page_views_2026_04_pkey PRIMARY KEY (id, viewed_at);


--
-- Name: page_views_default page_views_default_pkey; Type: CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.page_views_default
    ADD CONSTRAINT page_views_default_pkey PRIMARY KEY (id, viewed_at);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);


--
-- Name: invoice_lines invoice_lines_pkey; Type: CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.invoice_lines
    ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (id);


--
-- Name: invoices invoices_pkey; Type: CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);


--
-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);


--
-- Name: plans plans_pkey; Type: CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.plans
    ADD CONSTRAINT plans_pkey PRIMARY KEY (id);


--
-- Name: subscriptions subscriptions_pkey; Type: CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);


--
-- Name: comments comments_pkey; Type: CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (id);


--
-- Name: media media_pkey; Type: CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (id);


--
-- Name: post_redirects post_redirects_pkey; Type: CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.post_redirects
    ADD CONSTRAINT post_redirects_pkey PRIMARY KEY (id);


--
-- Name: post_tags post_tags_pkey; Type: CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.post_tags
    ADD CONSTRAINT post_tags_pkey PRIMARY KEY (post_id, tag_id);


--
-- Name: posts posts_pkey; Type: CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (id);


--
-- Name: tags tags_pkey; Type: CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (id);


--
-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);


--
-- Name: memberships_organization_id_user_id_index; Type: INDEX; Schema: accounts; Owner: -
--

CREATE UNIQUE INDEX memberships_organization_id_user_id_index ON accounts.memberships USING btree (organization_id, user_id);


--
-- Name: INDEX memberships_organization_id_user_id_index; Type: COMMENT; Schema: accounts; Owner: -
--

COMMENT ON INDEX accounts.memberships_organization_id_user_id_index IS 'One membership per person and organization; also lists the members of an organization.';


--
-- Name: memberships_user_id_index; Type: INDEX; Schema: accounts; Owner: -
--

CREATE INDEX memberships_user_id_index ON accounts.memberships USING btree (user_id);


--
-- Name: INDEX memberships_user_id_index; Type: COMMENT; Schema: accounts; Owner: -
--

COMMENT ON INDEX accounts.memberships_user_id_index IS 'Organization switcher: all memberships of the signed-in person.';


--
-- Name: organizations_slug_index; Type: INDEX; Schema: accounts; Owner: -
--

CREATE UNIQUE INDEX organizations_slug_index ON accounts.organizations USING btree (slug);


--
-- Name: INDEX organizations_slug_index; Type: COMMENT; Schema: accounts; Owner: -
--

COMMENT ON INDEX accounts.organizations_slug_index IS 'Every public URL starts with the organization slug.';


--
-- Name: user_tokens_context_token_index; Type: INDEX; Schema: accounts; Owner: -
--

CREATE UNIQUE INDEX user_tokens_context_token_index ON accounts.user_tokens USING btree (context, token);


--
-- Name: INDEX user_tokens_context_token_index; Type: COMMENT; Schema: accounts; Owner: -
--

COMMENT ON INDEX accounts.user_tokens_context_token_index IS 'Every request with a session cookie reads one token.';


--
-- Name: user_tokens_user_id_index; Type: INDEX; Schema: accounts; Owner: -
--

CREATE INDEX user_tokens_user_id_index ON accounts.user_tokens USING btree (user_id);


--
-- Name: INDEX user_tokens_user_id_index; Type: COMMENT; Schema: accounts; Owner: -
--

COMMENT ON INDEX accounts.user_tokens_user_id_index IS 'Deleting a user and "sign out everywhere" remove all tokens of one person.';


--
-- Name: users_email_index; Type: INDEX; Schema: accounts; Owner: -
--

CREATE UNIQUE INDEX users_email_index ON accounts.users USING btree (email);


--
-- Name: INDEX users_email_index; Type: COMMENT; Schema: accounts; Owner: -
--

COMMENT ON INDEX accounts.users_email_index IS 'Sign-in looks a person up by e-mail, ignoring case.';


--
-- Name: daily_post_stats_day_index; Type: INDEX; Schema: analytics; Owner: -
--

CREATE INDEX daily_post_stats_day_index ON analytics.daily_post_stats USING btree (day);


--
-- Name: page_views_post_id_viewed_at_index; Type: INDEX; Schema: analytics; Owner: -
--

CREATE INDEX page_views_post_id_viewed_at_index ON ONLY analytics.page_views USING btree (post_id, viewed_at);


--
-- Name: INDEX page_views_post_id_viewed_at_index; Type: COMMENT; Schema: analytics; Owner: -
--

COMMENT ON INDEX analytics.page_views_post_id_viewed_at_index IS 'Views of one post over time; also backs the foreign key to posts.';


--
-- Name: page_views_2026_01_post_id_viewed_at_idx; Type: INDEX; Schema: analytics; Owner: -
--

CREATE INDEX page_views_2026_01_post_id_viewed_at_idx ON analytics.page_views_2026_01 USING btree (post_id, viewed_at);


--
-- Name: page_views_2026_02_post_id_viewed_at_idx; Type: INDEX; Schema: analytics; Owner: -
--

CREATE INDEX page_views_2026_02_post_id_viewed_at_idx ON analytics.page_views_2026_02 USING btree (post_id, viewed_at);


--
-- Name: page_views_2026_03_post_id_viewed_at_idx; Type: INDEX; Schema: analytics; Owner: -
--

CREATE INDEX page_views_2026_03_post_id_viewed_at_idx ON analytics.page_views_2026_03 USING btree (post_id, viewed_at);


--
-- Name: page_views_2026_04_post_id_viewed_at_idx; Type: INDEX; Schema: analytics; Owner: -
--

CREATE INDEX page_views_2026_04_post_id_viewed_at_idx ON analytics.page_views_2026_04 USING btree (post_id, viewed_at);


--
-- Name: page_views_default_post_id_viewed_at_idx; Type: INDEX; Schema: analytics; Owner: -
--

CREATE INDEX page_views_default_post_id_viewed_at_idx ON analytics.page_views_default USING btree (post_id, viewed_at);


--
-- Name: events_inserted_at_index; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX events_inserted_at_index ON audit.events USING brin (inserted_at);


--
-- Name: INDEX events_inserted_at_index; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON INDEX audit.events_inserted_at_index IS 'Retention job scans by date. Rows arrive in time order, so BRIN needs 24 kB instead of 20 MB.';


--
-- Name: events_schema_name_table_name_row_id_index; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX events_schema_name_table_name_row_id_index ON audit.events USING btree (schema_name, table_name, row_id);


--
-- Name: INDEX events_schema_name_table_name_row_id_index; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON INDEX audit.events_schema_name_table_name_row_id_index IS 'History tab of a post: every change to one row.';


--
-- Name: invoices_number_index; Type: INDEX; Schema: billing; Owner: -
--

CREATE UNIQUE INDEX invoices_number_index ON billing.invoices USING btree (number);


--
-- Name: INDEX invoices_number_index; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON INDEX billing.invoices_number_index IS 'Invoice numbers are legal identifiers and must never repeat.';


--
-- Name: invoices_subscription_id_issued_on_index; Type: INDEX; Schema: billing; Owner: -
--

CREATE INDEX invoices_subscription_id_issued_on_index ON billing.invoices USING btree (subscription_id, issued_on);


--
-- Name: INDEX invoices_subscription_id_issued_on_index; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON INDEX billing.invoices_subscription_id_issued_on_index IS 'Billing history, newest first.';


--
-- Name: payments_invoice_id_index; Type: INDEX; Schema: billing; Owner: -
--

CREATE INDEX payments_invoice_id_index ON billing.payments USING btree (invoice_id);


--
-- Name: INDEX payments_invoice_id_index; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON INDEX billing.payments_invoice_id_index IS 'Preloads the payments of an invoice.';


--
-- Name: payments_provider_ref_index; Type: INDEX; Schema: billing; Owner: -
--

CREATE UNIQUE INDEX payments_provider_ref_index ON billing.payments USING btree (provider_ref);


--
-- Name: INDEX payments_provider_ref_index; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON INDEX billing.payments_provider_ref_index IS 'The payment provider repeats webhooks; the second one must hit this constraint.';


--
-- Name: plans_code_index; Type: INDEX; Schema: billing; Owner: -
--

CREATE UNIQUE INDEX plans_code_index ON billing.plans USING btree (code);


--
-- Name: INDEX plans_code_index; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON INDEX billing.plans_code_index IS 'Plan codes appear in checkout links and must stay unique.';


--
-- Name: subscriptions_organization_id_index; Type: INDEX; Schema: billing; Owner: -
--

CREATE UNIQUE INDEX subscriptions_organization_id_index ON billing.subscriptions USING btree (organization_id) WHERE (canceled_at IS NULL);


--
-- Name: INDEX subscriptions_organization_id_index; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON INDEX billing.subscriptions_organization_id_index IS 'An organization has at most one live subscription.';


--
-- Name: subscriptions_plan_id_index; Type: INDEX; Schema: billing; Owner: -
--

CREATE INDEX subscriptions_plan_id_index ON billing.subscriptions USING btree (plan_id);


--
-- Name: comments_parent_id_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX comments_parent_id_index ON blog.comments USING btree (parent_id);


--
-- Name: INDEX comments_parent_id_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.comments_parent_id_index IS 'Deleting a comment removes its replies; without this each delete scans the table.';


--
-- Name: comments_pending_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX comments_pending_index ON blog.comments USING btree (inserted_at) WHERE (approved_at IS NULL);


--
-- Name: INDEX comments_pending_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.comments_pending_index IS 'Moderation queue: comments nobody has approved yet, oldest first.';


--
-- Name: comments_post_id_inserted_at_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX comments_post_id_inserted_at_index ON blog.comments USING btree (post_id, inserted_at);


--
-- Name: INDEX comments_post_id_inserted_at_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.comments_post_id_inserted_at_index IS 'Preloads the comments of a post in reading order without a sort.';


--
-- Name: media_organization_id_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX media_organization_id_index ON blog.media USING btree (organization_id);


--
-- Name: INDEX media_organization_id_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.media_organization_id_index IS 'Media library of one organization.';


--
-- Name: media_storage_key_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE UNIQUE INDEX media_storage_key_index ON blog.media USING btree (storage_key);


--
-- Name: INDEX media_storage_key_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.media_storage_key_index IS 'An object in the bucket belongs to one row; upload retries must not create a second one.';


--
-- Name: post_redirects_organization_id_from_slug_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE UNIQUE INDEX post_redirects_organization_id_from_slug_index ON blog.post_redirects USING btree (organization_id, from_slug);


--
-- Name: INDEX post_redirects_organization_id_from_slug_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.post_redirects_organization_id_from_slug_index IS 'An old address leads to one post.';


--
-- Name: post_tags_tag_id_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX post_tags_tag_id_index ON blog.post_tags USING btree (tag_id);


--
-- Name: INDEX post_tags_tag_id_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.post_tags_tag_id_index IS 'Tag page: posts with one tag. The primary key starts with post_id and cannot serve it.';


--
-- Name: posts_author_id_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX posts_author_id_index ON blog.posts USING btree (author_id);


--
-- Name: INDEX posts_author_id_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.posts_author_id_index IS 'Author pages.';


--
-- Name: posts_author_id_inserted_at_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX posts_author_id_inserted_at_index ON blog.posts USING btree (author_id, inserted_at DESC);


--
-- Name: INDEX posts_author_id_inserted_at_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.posts_author_id_inserted_at_index IS 'Dashboard: an author''s posts, newest first, without a sort.';


--
-- Name: posts_cover_media_id_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX posts_cover_media_id_index ON blog.posts USING btree (cover_media_id);


--
-- Name: posts_organization_id_slug_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE UNIQUE INDEX posts_organization_id_slug_index ON blog.posts USING btree (organization_id, slug);


--
-- Name: INDEX posts_organization_id_slug_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.posts_organization_id_slug_index IS 'A post''s public address is organization + slug. Must be unique, and every page view reads it.';


--
-- Name: posts_published_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX posts_published_index ON blog.posts USING btree (organization_id, published_at) WHERE (status = 'published'::text);


--
-- Name: INDEX posts_published_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.posts_published_index IS 'Public home page of an organization: published posts by date.';


--
-- Name: posts_search_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE INDEX posts_search_index ON blog.posts USING gin (search);


--
-- Name: INDEX posts_search_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.posts_search_index IS 'Full-text search box in the reader and the editor.';


--
-- Name: tags_organization_id_name_index; Type: INDEX; Schema: blog; Owner: -
--

CREATE UNIQUE INDEX tags_organization_id_name_index ON blog.tags USING btree (organization_id, name);


--
-- Name: INDEX tags_organization_id_name_index; Type: COMMENT; Schema: blog; Owner: -
--

COMMENT ON INDEX blog.tags_organization_id_name_index IS 'Tag names are unique inside an organization; feeds the tag picker.';


--
-- Name: page_views_2026_01_pkey; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_pkey ATTACH PARTITION analytics.page_views_2026_01_pkey;


--
-- Name: page_views_2026_01_post_id_viewed_at_idx; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_post_id_viewed_at_index ATTACH PARTITION analytics.page_views_2026_01_post_id_viewed_at_idx;


--
-- Name: page_views_2026_02_pkey; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_pkey ATTACH PARTITION analytics.page_views_2026_02_pkey;


--
-- Name: page_views_2026_02_post_id_viewed_at_idx; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_post_id_viewed_at_index ATTACH PARTITION analytics.page_views_2026_02_post_id_viewed_at_idx;


--
-- Name: page_views_2026_03_pkey; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_pkey ATTACH PARTITION analytics.page_views_2026_03_pkey;


--
-- Name: page_views_2026_03_post_id_viewed_at_idx; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_post_id_viewed_at_index ATTACH PARTITION analytics.page_views_2026_03_post_id_viewed_at_idx;


--
-- Name: page_views_2026_04_pkey; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_pkey ATTACH PARTITION analytics.page_views_2026_04_pkey;


--
-- Name: page_views_2026_04_post_id_viewed_at_idx; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_post_id_viewed_at_index ATTACH PARTITION analytics.page_views_2026_04_post_id_viewed_at_idx;


--
-- Name: page_views_default_pkey; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_pkey ATTACH PARTITION analytics.page_views_default_pkey;


--
-- Name: page_views_default_post_id_viewed_at_idx; Type: INDEX ATTACH; Schema: analytics; Owner: -
--

ALTER INDEX analytics.page_views_post_id_viewed_at_index ATTACH PARTITION analytics.page_views_default_post_id_viewed_at_idx;


--
-- Name: comments comments_audit; Type: TRIGGER; Schema: blog; Owner: -
--

CREATE TRIGGER comments_audit AFTER INSERT ON blog.comments FOR EACH ROW EXECUTE FUNCTION audit.log_change();


--
-- Name: posts posts_audit; Type: TRIGGER; Schema: blog; Owner: -
--

CREATE TRIGGER posts_audit AFTER INSERT OR UPDATE OF title, slug, body, published_at ON blog.posts FOR EACH ROW EXECUTE FUNCTION audit.log_change();


--
-- Name: memberships memberships_organization_id_fkey; Type: FK CONSTRAINT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.memberships
    ADD CONSTRAINT memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES accounts.organizations(id) ON DELETE CASCADE;


--
-- Name: memberships memberships_user_id_fkey; Type: FK CONSTRAINT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts.users(id) ON DELETE CASCADE;


--
-- Name: user_tokens user_tokens_user_id_fkey; Type: FK CONSTRAINT; Schema: accounts; Owner: -
--

ALTER TABLE ONLY accounts.user_tokens
    ADD CONSTRAINT user_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts.users(id) ON DELETE CASCADE;


--
-- Name: daily_post_stats daily_post_stats_post_id_fkey; Type: FK CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE ONLY analytics.daily_post_stats
    ADD CONSTRAINT daily_post_stats_post_id_fkey FOREIGN KEY (post_id) REFERENCES blog.posts(id) ON DELETE CASCADE;


--
-- Name: page_views page_views_post_id_fkey; Type: FK CONSTRAINT; Schema: analytics; Owner: -
--

ALTER TABLE analytics.page_views
    ADD CONSTRAINT page_views_post_id_fkey FOREIGN KEY (post_id) REFERENCES blog.posts(id) ON DELETE CASCADE;


--
-- Name: invoice_lines invoice_lines_invoice_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.invoice_lines
    ADD CONSTRAINT invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id) ON DELETE CASCADE;


--
-- Name: invoices invoices_subscription_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.invoices
    ADD CONSTRAINT invoices_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES billing.subscriptions(id);


--
-- Name: payments payments_invoice_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.payments
    ADD CONSTRAINT payments_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id);


--
-- Name: subscriptions subscriptions_organization_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.subscriptions
    ADD CONSTRAINT subscriptions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES accounts.organizations(id);


--
-- Name: subscriptions subscriptions_plan_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.subscriptions
    ADD CONSTRAINT subscriptions_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES billing.plans(id);


--
-- Name: comments comments_author_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.comments
    ADD CONSTRAINT comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES accounts.users(id) ON DELETE SET NULL;


--
-- Name: comments comments_parent_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.comments
    ADD CONSTRAINT comments_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES blog.comments(id) ON DELETE CASCADE;


--
-- Name: comments comments_post_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.comments
    ADD CONSTRAINT comments_post_id_fkey FOREIGN KEY (post_id) REFERENCES blog.posts(id) ON DELETE CASCADE;


--
-- Name: media media_organization_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.media
    ADD CONSTRAINT media_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES accounts.organizations(id);


--
-- Name: post_redirects post_redirects_organization_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.post_redirects
    ADD CONSTRAINT post_redirects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES accounts.organizations(id);


--
-- Name: post_redirects post_redirects_post_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.post_redirects
    ADD CONSTRAINT post_redirects_post_id_fkey FOREIGN KEY (post_id) REFERENCES blog.posts(id) ON DELETE CASCADE;


--
-- Name: post_tags post_tags_post_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.post_tags
    ADD CONSTRAINT post_tags_post_id_fkey FOREIGN KEY (post_id) REFERENCES blog.posts(id) ON DELETE CASCADE;


--
-- Name: post_tags post_tags_tag_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.post_tags
    ADD CONSTRAINT post_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES blog.tags(id) ON DELETE CASCADE;


--
-- Name: posts posts_author_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.posts
    ADD CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES accounts.users(id);


--
-- Name: posts posts_cover_media_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.posts
    ADD CONSTRAINT posts_cover_media_id_fkey FOREIGN KEY (cover_media_id) REFERENCES blog.media(id) ON DELETE SET NULL;


--
-- Name: posts posts_organization_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.posts
    ADD CONSTRAINT posts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES accounts.organizations(id);


--
-- Name: tags tags_organization_id_fkey; Type: FK CONSTRAINT; Schema: blog; Owner: -
--

ALTER TABLE ONLY blog.tags
    ADD CONSTRAINT tags_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES accounts.organizations(id) ON DELETE CASCADE;


--
-- Name: posts; Type: ROW SECURITY; Schema: blog; Owner: -
--

ALTER TABLE blog.posts ENABLE ROW LEVEL SECURITY;

--
-- Name: posts posts_same_organization; Type: POLICY; Schema: blog; Owner: -
--

CREATE POLICY posts_same_organization ON blog.posts USING ((organization_id = (current_setting('inkwell.organization_id'::text))::bigint));


--
-- PostgreSQL database dump complete
--

\unrestrict kYEPLGPigGelaohbNMEDzx3xaB96vdNJoQRS0fr7s9VTXCgfe2zihdqWx3JgLEW

INSERT INTO public."schema_migrations" (version) VALUES (20240902080000);
INSERT INTO public."schema_migrations" (version) VALUES (20240902081500);
INSERT INTO public."schema_migrations" (version) VALUES (20240918130000);
INSERT INTO public."schema_migrations" (version) VALUES (20241105093000);
INSERT INTO public."schema_migrations" (version) VALUES (20241212101500);
INSERT INTO public."schema_migrations" (version) VALUES (20250114150000);
INSERT INTO public."schema_migrations" (version) VALUES (20250220090000);
INSERT INTO public."schema_migrations" (version) VALUES (20250311120000);
INSERT INTO public."schema_migrations" (version) VALUES (20250506083000);
INSERT INTO public."schema_migrations" (version) VALUES (20250603141500);
INSERT INTO public."schema_migrations" (version) VALUES (20250822100000);
INSERT INTO public."schema_migrations" (version) VALUES (20251014091500);
INSERT INTO public."schema_migrations" (version) VALUES (20251120160000);
INSERT INTO public."schema_migrations" (version) VALUES (20260108093000);
INSERT INTO public."schema_migrations" (version) VALUES (20260121090000);
INSERT INTO public."schema_migrations" (version) VALUES (20260129110000);
INSERT INTO public."schema_migrations" (version) VALUES (20260210113000);
INSERT INTO public."schema_migrations" (version) VALUES (20260218142000);
INSERT INTO public."schema_migrations" (version) VALUES (20260305084500);
INSERT INTO public."schema_migrations" (version) VALUES (20260312091500);
INSERT INTO public."schema_migrations" (version) VALUES (20260317140200);
