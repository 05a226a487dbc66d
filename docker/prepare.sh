#!/bin/sh
# Unpacks the program into a folder and archives the classes that it starts with, so that it starts sooner:
#
#   docker/prepare.sh target/riffloom.jar FOLDER
#   java -XX:SharedArchiveFile=/path/to/FOLDER/riffloom.jsa -jar /path/to/FOLDER/riffloom.jar
#
# The archive is for the very java that made it; another one leaves it aside and starts as usual.
set -eu

jar=$1
folder=$2
java -Djarmode=tools -jar "$jar" extract --destination "$folder" --force
cd "$folder"
# As it will be named when it is run: the archive remembers where the jar was.
folder=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export RIFFLOOM_DATA="$work/data"
# The classes of a server that has started, and those of a clip that was made.
java -XX:DumpLoadedClassList="$work/server" -Dspring.context.exit=onRefresh -jar riffloom.jar \
  --server.port=0
java -XX:DumpLoadedClassList="$work/clip" -jar riffloom.jar \
  riff --prompt techno --steps 1 --clips 1 --device cpu --out "$work/clip.wav"
sort -u "$work/server" "$work/clip" > "$work/all"
# What cannot be archived is told of at length, and none of it matters.
java -Xshare:dump -XX:SharedClassListFile="$work/all" -XX:SharedArchiveFile=riffloom.jsa -cp "$folder/riffloom.jar" > "$work/log" 2>&1 ||
  { cat "$work/log" >&2; exit 1; }
