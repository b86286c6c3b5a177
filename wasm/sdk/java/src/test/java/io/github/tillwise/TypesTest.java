package io.github.tillwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TypesTest {
    @Test
    void theTypesAreThoseOfTheSchemas() throws Exception {
        Types types = new Types(Path.of("../../../plugin/schema"));
        for (String name : Types.names()) {
            assertEquals(types.source(name), Files.readString(Path.of("src/main/java/io/github/tillwise", name + ".java")), name + ": run make types");
        }
    }
}
