# run.pl github|gitlab FILE EVENT - runs what a CI would run for an event, as the service does: jobs in
# their order, each step by its own shell, with the variables that the file gives it. The service's
# own variables are in the environment. What the file says and this does not know ends the test.
use strict;
use warnings;
use YAML::XS qw(LoadFile);

my ($service, $path, $event) = @ARGV;
my $file = LoadFile($path);
$| = 1;

# Dies unless each key of a mapping is one of those that the service documents.
sub keys_are {
    my ($what, $mapping, @known) = @_;
    ref $mapping eq 'HASH' or die "$what is no mapping\n";
    for my $key (sort keys %$mapping) {
        grep { $_ eq $key } @known or die "$what: unknown key $key\n";
    }
}

sub run_shell {
    my ($name, $script, %variables) = @_;
    print "-- $name\n";
    local @ENV{keys %variables} = values %variables;
    open my $shell, '|-', 'bash', '--noprofile', '--norc', '-eo', 'pipefail', '-s' or die "bash: $!";
    print $shell $script;
    close $shell;
    print 'status ', $? >> 8, "\n" if $?;
    return $? == 0;
}

# ---- GitHub ----

# What an expression is worth; each is one that the examples are meant to hold.
my %expressions = (
    "github.event_name == 'push'"           => $event eq 'push',
    "github.event_name == 'pull_request'"   => $event ne 'push',
    '!cancelled()'                          => 1,
    'vars.DBDOC_DEB'                        => $ENV{DBDOC_DEB},
    'vars.DBDOC_SHA256'                     => $ENV{DBDOC_SHA256},
    'github.ref'                            => 'refs/heads/main',
    'github.sha'                            => 'abc',
    'github.base_ref'                       => 'main',
    'github.token'                          => 'TOKEN',
    'github.event.pull_request.number'      => 7,
    'steps.deployment.outputs.page_url'     => 'https://pages.example.org',
    "!cancelled() && github.event_name == 'pull_request' && github.actor != 'dependabot[bot]' && "
      . 'github.event.pull_request.head.repo.full_name == github.repository' => $event eq 'pull_request',
);

sub value_of {
    my ($text) = @_;
    exists $expressions{$text} or die "unknown expression: $text\n";
    return $expressions{$text};
}

sub expand {
    my ($text) = @_;
    $text =~ s/\$\{\{\s*(.*?)\s*\}\}/value_of($1)/ges;
    return $text;
}

sub is_wanted {
    my ($if) = @_;
    return 1 unless defined $if;
    $if =~ s/^\$\{\{\s*(.*?)\s*\}\}\s*$/$1/s;
    return value_of($if);
}

# Of each action: what it takes, and what must be there when it runs.
my %actions = (
    'actions/checkout@v4'              => [['fetch-depth', 'persist-credentials']],
    'actions/cache/restore@v4'         => [['path', 'key', 'restore-keys']],
    'actions/cache/save@v4'            => [['path', 'key']],
    'actions/upload-pages-artifact@v3' => [['path'], 'index.html'],
    'actions/deploy-pages@v4'          => [[]],
    'actions/upload-artifact@v4'       => [['name', 'path'], 'review.html'],
    'actions/download-artifact@v4'     => [['name', 'path'], 'comment.md'],
);

sub use_action {
    my ($step) = @_;
    my $action = $actions{$step->{uses}} or die "unknown action $step->{uses}\n";
    my ($takes, $needs) = @$action;
    my $with = $step->{with} // {};
    keys_are($step->{uses}, $with, @$takes);
    print "-- $step->{uses}\n";
    return 1 if !defined $needs || -f "$with->{path}/$needs";
    print "missing: $with->{path}/$needs\n";
    return 0;
}

# Steps after one that failed run when they say so.
sub run_github_job {
    my ($name, $job) = @_;
    my $good = 1;
    keys_are($name, $job, qw(if needs runs-on container permissions environment env steps));
    my $rights = $job->{permissions} // $file->{permissions};
    print "== $name (", join(', ', map { "$_: $rights->{$_}" } sort keys %$rights), ")\n";
    for my $step (@{$job->{steps}}) {
        keys_are("a step of $name", $step, qw(id name if env run uses with));
        next unless is_wanted($step->{if}) && ($good || defined $step->{if});
        if (exists $step->{uses}) {
            my $there = use_action($step);
            $good &&= $there;
            next;
        }
        my %variables = (%{$job->{env} // {}}, %{$step->{env} // {}});
        $_ = expand($_) for values %variables;
        $variables{XDG_CACHE_HOME} = "$ENV{HOME}/cache" if exists $variables{XDG_CACHE_HOME};
        $step->{run} !~ /\$\{\{/ or die "$step->{name}: an expression in a script\n";
        my $done = run_shell($step->{name}, $step->{run}, %variables);
        $good &&= $done;
    }
}

sub run_github {
    keys_are($path, $file, qw(name on permissions concurrency defaults jobs));
    # The events: "on" is no boolean, and nothing runs with a fork's code and a token that may write.
    keys_are('on', $file->{on}, qw(push pull_request));
    keys_are('permissions', $file->{permissions}, 'contents');
    my @names = sort { defined $file->{jobs}{$a}{needs} <=> defined $file->{jobs}{$b}{needs} } sort keys %{$file->{jobs}};
    for my $name (@names) {
        my $job = $file->{jobs}{$name};
        run_github_job($name, $job) if is_wanted($job->{if});
    }
}

# ---- GitLab ----

my %rules = (
    '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'                        => $event eq 'push',
    '$CI_PIPELINE_SOURCE == "merge_request_event"'                   => $event ne 'push',
    '$CI_PIPELINE_SOURCE == "merge_request_event" && $DBDOC_TOKEN' => $event eq 'merge_request',
);

sub keeps_rules {
    my ($job) = @_;
    for my $rule (@{$job->{rules}}) {
        keys_are('a rule', $rule, qw(if when));
        exists $rules{$rule->{if}} or die "unknown rule: $rule->{if}\n";
        return 1 if $rules{$rule->{if}};
    }
    return 0;
}

# Variables may name others, and those of the service.
sub resolve {
    my ($text, $variables) = @_;
    1 while $text =~ s/\$(\w+)/$variables->{$1} \/\/ $ENV{$1} \/\/ die "unknown variable $1\n"/ge;
    return $text;
}

sub run_gitlab_job {
    my ($name, $own) = @_;
    my %job = (%{exists $own->{extends} ? $file->{$own->{extends}} : {}}, %$own);
    keys_are($name, \%job, qw(extends image variables rules needs before_script script artifacts));
    keys_are("$name, artifacts", $job{artifacts}, qw(when expose_as paths reports)) if exists $job{artifacts};
    return unless keeps_rules(\%job);
    my %variables = %{$job{variables}};
    $variables{WORK} = "$ENV{HOME}/work";
    $variables{CACHES} = "$ENV{HOME}/caches" if exists $variables{CACHES};
    $_ = resolve($_, \%variables) for values %variables;
    print "== $name\n";
    ref $_ and die "$name: a line of the script is no text: quote it\n" for @{$job{before_script}}, @{$job{script}};
    run_shell('script', join("\n", @{$job{before_script}}, @{$job{script}}, ''), %variables);
    for my $kept (map { resolve($_, \%variables) } @{$job{artifacts}{paths}}, values %{$job{artifacts}{reports} // {}}) {
        print "missing: $kept\n" unless -e $kept;
    }
}

sub run_gitlab {
    for my $name (sort { exists $file->{$a}{needs} <=> exists $file->{$b}{needs} } grep { !/^\./ } sort keys %$file) {
        run_gitlab_job($name, $file->{$name});
    }
}

$service eq 'github' ? run_github() : run_gitlab();
