#!/usr/bin/env bash
# speak_sounds.sh [FOLDER]: has every sentence of sounds.tsv spoken that FOLDER has no file of, so that callers hear words from the
# first day. Run by hand on the PBX, as somebody who may write there; FOLDER is where Debian's Asterisk looks for them. Files that are
# there, in whatever format, are left alone: a recording of your own goes in the place of a spoken one, and what is removed is
# spoken anew.
set -euo pipefail
export LC_ALL=C.UTF-8

readonly list=${BASH_SOURCE[0]%/*}/sounds.tsv
readonly folder=${1:-/usr/share/asterisk/sounds/zh/hotline}
# The voice "cmn" of espeak-ng 1.51 (Debian 12) reads most characters as English letters; this one reads them.
readonly voice=cmn-latn-pinyin
readonly words_per_minute=170

die() {
    printf 'speak_sounds: %s\n' "$*" >&2
    exit 1
}

for program in espeak-ng sox; do
    command -v "$program" >/dev/null || die "$program is missing; run: apt-get install --no-install-recommends espeak-ng sox"
done
espeak-ng --voices=cmn | grep -q "$voice" || die "this espeak-ng has no Chinese voice; its package espeak-ng-data brings it"
mkdir -p "$folder" || die "$folder cannot be made; run this as root"
fresh=$(mktemp -d "$folder/.speaking.XXXXXX") || die "$folder cannot be written to; run this as root"
readonly fresh
trap 'rm -rf "$fresh"' EXIT

# A number of three digits and more is one that is dialled: read digit by digit, as on the telephone.
as_spoken() { # as_spoken SENTENCE
    local left=$1 spoken='' digits
    while [[ $left =~ [0-9]{3,} ]]; do
        digits=${BASH_REMATCH[0]}
        spoken+=${left%%"$digits"*}
        left=${left#*"$digits"}
        for ((i = 0; i < ${#digits}; i++)); do spoken+=$(digit "${digits:i:1}"); done
    done
    printf '%s' "$spoken$left"
}

digit() {
    local -r names=(零 幺 二 三 四 五 六 七 八 九)
    printf '%s' "${names[$1]}"
}

spoken=0
there=0
while IFS=$'\t' read -r name sentence _; do
    if compgen -G "$folder/$name.*" >/dev/null; then
        there=$((there + 1))
        continue
    fi
    if [[ $name == beep ]]; then
        sox -D -n -r 8000 -c 1 -b 16 "$fresh/out.wav" synth 0.5 sine 1000 gain -9
    else
        as_spoken "$sentence" | espeak-ng -b 1 -v "$voice" -s "$words_per_minute" --stdin -w "$fresh/said.wav"
        sox -D "$fresh/said.wav" -c 1 -b 16 -e signed-integer "$fresh/out.wav" gain -3 rate 8000 norm -3
    fi
    chmod 644 "$fresh/out.wav"
    mv -n "$fresh/out.wav" "$folder/$name.wav"
    spoken=$((spoken + 1))
done <"$list"
printf '%s: %s spoken, %s were there\n' "$folder" "$spoken" "$there"
