#!/bin/sh
# Tries the packed jar as a POS would: in an empty Maven project elsewhere, with the
# README's examples as they are printed.
set -eu
jar=$(realpath "$1")
readme=$(realpath README.md)
# A repository of its own, so that nothing stays in the user's. Only its first filling takes a while.
repository=$(realpath target)/repository
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
cd "$project"
mvn="mvn -B -q -Dstyle.color=never -Dmaven.repo.local=$repository"

$mvn org.apache.maven.plugins:maven-install-plugin:3.1.3:install-file -Dfile="$jar"

mkdir -p src/main/java
{
	echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
	echo '<groupId>empty</groupId><artifactId>empty</artifactId><version>1</version><properties>'
	echo '<maven.compiler.release>11</maven.compiler.release><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>'
	echo '<dependencies>'
	sed -n '/^```xml$/,/^```$/{/^```/!p}' "$readme"
	echo '</dependencies></project>'
} >pom.xml

# Each example is a file by the name of its class.
awk '/^```java$/ { on = 1; text = ""; next }
     /^```$/ && on { on = 0; print text > ("src/main/java/" name ".java"); count++ }
     on { text = text $0 "\n" }
     on && /^class / { name = $2 }
     END { if (count < 3) { print "the README has examples no more" > "/dev/stderr"; exit 1 } }' "$readme"

$mvn org.apache.maven.plugins:maven-compiler-plugin:3.13.0:compile
$mvn org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath.txt
printed=$(java -cp "target/classes:$(cat classpath.txt)" First)
wanted=$(sed -n 's/^It prints `\([^`]*\)`.*/\1/p' "$readme")
if [ "$printed" != "$wanted" ]; then
	echo "the README says that its first example prints: $wanted, and it prints: $printed" >&2
	exit 1
fi
echo "the README's examples compile in an empty project, and the first prints what it says"
