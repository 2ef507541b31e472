# steps.pl PAGE… - the steps of runbook pages as files: steps/VERSION/c3.sql, .expect, .label and .text; "wrong" has a line
# for each that stands under "If it goes wrong"; "alone" is there when statements go without a transaction.
use strict;
use warnings;

sub text {
    my ($html) = @_;
    $html =~ s/<svg.*?<\/svg>//gs;
    $html =~ s/<[^>]*>//g;
    $html =~ s/&lt;/</g;
    $html =~ s/&gt;/>/g;
    $html =~ s/&quot;/"/g;
    $html =~ s/&amp;/&/g;
    $html =~ s/^\s+|\s+$//g;
    return $html;
}

sub put {
    my ($path, $text) = @_;
    open(my $file, '>', $path) or die "$path: $!";
    print $file "$text\n";
    close($file);
}

for my $page (@ARGV) {
    open(my $file, '<', $page) or die "$page: $!";
    my $html = do { local $/; <$file> };
    my ($version) = $page =~ /(\d+)\.html$/;
    my $folder = "steps/$version";
    mkdir 'steps';
    mkdir $folder;
    my ($wrong) = $html =~ /id="wrong">(.*?)<\/section>/s;
    my @lines = map { text($_) =~ s/\s+/ /gr } $wrong =~ /<th scope="row">(.*?<\/th><td>.*?)<\/td>/gs if defined $wrong;
    s/(statement \d+)/$1: / for @lines;
    put("$folder/wrong", join("\n", @lines));
    while ($html =~ /<input type="checkbox" id="([a-h]\d+)">(.*?)<\/li>/gs) {
        my ($number, $step) = ($1, $2);
        my ($code) = $step =~ /<pre[^>]*><code>(.*?)<\/code>/s;
        next unless defined $code;
        $code = text($code);
        next if $code =~ /^(psql |mix |bin\/)/ or $number =~ /^[fg]/; # for a shell, and what people only read
        my ($label) = $step =~ /<label[^>]*>(.*?)<\/label>/s;
        my ($words) = $step =~ /<\/label>\s*<p>(.*?)<\/p>/s;
        my ($expect) = $step =~ /<b>Expect:<\/b>(.*?)<\/span>/s;
        put("$folder/$number.sql", $code);
        put("$folder/$number.label", text($label) =~ s/^\S+\s+//r);
        put("$folder/$number.text", text($words // ''));
        put("$folder/$number.expect", text($expect // ''));
        put("$folder/alone", '') if $number =~ /^d/ and $code !~ /^BEGIN/;
    }
}
