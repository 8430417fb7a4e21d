#!/bin/sh
# Searches for inputs that break a parser, ten minutes each, and keeps what is worth keeping:
#
#     src/test/fuzz.sh                       all parsers
#     src/test/fuzz.sh NpzFuzzTest#npz …     some
#
# KEEP_ONLY=1 searches for nothing and keeps what an earlier search left in .cifuzz-corpus.
#
# Where an input breaks a parser, the search ends at once and leaves it as crash-… in src/test/resources; otherwise those
# inputs are added there, as few as can be, that reach code which none of those before reached. All are test data from then on.
set -eu
cd "$(dirname "$0")/../.."

all="NpzFuzzTest#npz NpzFuzzTest#npyHeader WeightsFuzzTest#safetensors WeightsFuzzTest#lockFile
     StudyFuzzTest#study StudyFuzzTest#throughput StudyFuzzTest#predictions ModelFuzzTest#description"
[ $# -gt 0 ] || set -- $all

for target; do
    [ -n "${KEEP_ONLY:-}" ] || JAZZER_FUZZ=1 mvn -o -q -DskipChecks -Dtest="$target" test
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mvn -o -q -DskipChecks test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test
for target; do
    test=${target%#*} method=${target#*#}
    source=$(find src/test/java -name "$test.java")
    room=$(basename "$(dirname "$source")")
    seeds=src/test/resources/org/osler/$room/${test}Inputs/$method
    corpus=.cifuzz-corpus/org.osler.$room.$test/$method
    kept=$work/$test/$method
    mkdir -p "$kept"
    # The first folder's inputs count as known: only what reaches more is copied to it.
    cp "$seeds"/* "$kept"
    java -Xmx1g -cp "target/test-classes:target/classes:$(cat "$work/classpath")" com.code_intelligence.jazzer.Jazzer \
        --target_class="org.osler.$room.$test" --target_method="$method" -merge=1 "$kept" "$corpus" > "$work/log" 2>&1 ||
        { cat "$work/log"; exit 1; }
    before=$(ls "$seeds" | wc -l)
    cp -n "$kept"/* "$seeds"
    echo "$target: $(($(ls "$seeds" | wc -l) - before)) inputs more, $(ls "$seeds" | wc -l) in all, $(du -sb "$seeds" | cut -f1) bytes"
done
