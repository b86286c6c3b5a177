package io.github.tillwise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object of JSON with names for its members: what the generated types are made of. It never
 * changes. A member that is missing, or is not of its type, reads as empty: a newer module may
 * have others, and a card must be shown all the same.
 */
abstract class View {
    final Map<String, Object> members;

    View(Map<String, Object> members) {
        this.members = members;
    }

    final String text(String name) {
        return Json.string(members.get(name));
    }

    final Optional<String> optionalText(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    final long number(String name) {
        return Json.number(members.get(name));
    }

    final boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    final <T> T object(String name, Function<Map<String, Object>, T> type) {
        return type.apply(Json.object(members.get(name)));
    }

    final <T> Optional<T> optionalObject(String name, Function<Map<String, Object>, T> type) {
        return Optional.ofNullable(Json.objectOrNull(members.get(name))).map(type);
    }

    final <T> List<T> list(String name, Function<Object, T> type) {
        List<T> items = new ArrayList<>();
        if (members.get(name) instanceof List) {
            for (Object item : (List<?>) members.get(name)) {
                items.add(type.apply(item));
            }
        }
        return Collections.unmodifiableList(items);
    }

    /** The members with one more, or without it if the value is null. */
    final Map<String, Object> with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        if (value == null) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return more;
    }

    /** A copy, in which what has a type of ours is its members, and what has no type of JSON's its text. */
    static Object plain(Object value) {
        if (value instanceof View) {
            return ((View) value).members;
        }
        if (value instanceof List) {
            List<Object> items = new ArrayList<>();
            ((List<?>) value).forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value instanceof Map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((name, member) -> copy.put(String.valueOf(name), plain(member)));
            return copy;
        }
        return value == null || value instanceof Boolean || value instanceof Number ? value : value.toString();
    }

    /** As JSON. */
    @Override
    public final String toString() {
        return Json.write(members);
    }
}
