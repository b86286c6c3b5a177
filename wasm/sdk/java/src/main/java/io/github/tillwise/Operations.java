package io.github.tillwise;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells which call of Flexiti's an event is about, as far as it can be seen without the module. */
final class Operations {
    private final Map<String, Object> operations;
    private final List<?> paths;

    /** Both as safe.json has them. */
    Operations(Map<String, Object> operations, List<?> paths) {
        this.operations = operations;
        this.paths = paths;
    }

    /** Choosing an action or reading a card again calls nothing. */
    String of(Map<String, Object> event) {
        Map<String, Object> exchange = Json.objectOrNull(event.get("exchange"));
        Map<String, Object> facts = Json.objectOrNull(event.get("facts"));
        if (exchange != null) {
            Object operation = exchange.get("operation");
            boolean named = operation != null && !operation.equals("");
            return named ? known(operation) : of(Json.string(exchange.get("method")), Json.string(exchange.get("url")));
        }
        if (facts != null) {
            return known(facts.get("operation"));
        }
        return Json.filled(event.get("action")) || event.get("decision") instanceof Map ? "unknown_read" : "unknown";
    }

    private String known(Object operation) {
        return operation instanceof String && operations.containsKey(operation) ? (String) operation : "unknown";
    }

    /** By method and URL, with or without host, version, query and trailing slash. */
    private String of(String method, String url) {
        String[] end = pathEnd(url);
        String operation = byPath(end);
        Map<String, Object> properties = Json.object(operations.get(operation));
        boolean get = method.equalsIgnoreCase("GET");
        if (get && Boolean.TRUE.equals(properties.get("moves"))) {
            return "unknown_read";
        }
        if (!Boolean.TRUE.equals(properties.get("reads_back")) || get || method.isEmpty()) {
            return operation;
        }
        // A documented purchase goes to the read-back's path; no other read-back is sent.
        return operation.equals("authorizations") ? "authorization" : "unknown";
    }

    private String byPath(String[] end) {
        for (Object row : paths) {
            Map<String, Object> path = Json.object(row);
            if (matches(path, "last", end[0]) && matches(path, "before", end[1]) && matches(path, "third", end[2])) {
                return Json.string(path.get("operation"));
            }
        }
        return end[1].equals("authorization") ? "authorization_get" : "unknown";
    }

    private static boolean matches(Map<String, Object> path, String name, String segment) {
        return !path.containsKey(name) || segment.equals(path.get(name));
    }

    /** The last three segments of a URL's path in their documented spelling, the last one first. */
    private static String[] pathEnd(String url) {
        String path = pathOf(url).toLowerCase(Locale.ROOT);
        String[] end = new String[3];
        for (int i = 0; i < end.length; i++) {
            while (path.endsWith("/")) {
                path = path.substring(0, path.length() - 1);
            }
            int at = path.lastIndexOf('/');
            end[i] = path.substring(at + 1);
            path = path.substring(0, Math.max(at, 0));
        }
        if (end[1].endsWith("widget")) {
            end[1] = "widget";
        }
        if (end[2].equals("accounts") || end[2].equals("customers")) {
            end[2] = "account";
        }
        return end;
    }

    private static String pathOf(String url) {
        String path = url.split("[?#]", 2)[0];
        int host = path.indexOf("://");
        if (host < 0) {
            return path;
        }
        int slash = path.indexOf('/', host + 3);
        return slash < 0 ? "" : path.substring(slash + 1);
    }
}
