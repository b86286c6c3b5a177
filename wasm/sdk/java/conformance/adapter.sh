#!/bin/sh
# The package, for the conformance kit: JSON lines in, JSON lines out.
exec java -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" io.github.tillwise.conformance.Adapter
