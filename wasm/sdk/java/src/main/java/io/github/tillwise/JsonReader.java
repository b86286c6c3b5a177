package io.github.tillwise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON to maps, lists, texts, booleans, null, and {@link Json.Raw} for numbers. What is
 * open is kept in a list, so that no depth overflows the stack.
 */
final class JsonReader {
    private final String text;
    private final String raw;
    private int at;

    /** The member {@code raw} of the outermost object comes as {@link Json.Raw}, as it is written; null: none does. */
    JsonReader(String text, String raw) {
        this.text = text;
        this.raw = raw;
    }

    /** What has been read of a list or an object that has not ended. */
    private static final class Open {
        final Map<String, Object> members;
        final List<Object> items;
        String name;
        int from;

        Open(boolean object) {
            members = object ? new LinkedHashMap<>() : null;
            items = object ? null : new ArrayList<>();
        }

        Object value() {
            return members == null ? items : members;
        }

        char end() {
            return members == null ? ']' : '}';
        }
    }

    Object read() throws Json.Malformed {
        Deque<Open> open = new ArrayDeque<>();
        for (;;) {
            space();
            Object value;
            if (peek() == '{' || peek() == '[') {
                Open inner = new Open(next() == '{');
                space();
                if (peek() != inner.end()) {
                    name(inner);
                    open.push(inner);
                    continue;
                }
                at++;
                value = inner.value();
            } else {
                value = scalar();
            }
            for (;;) { // the value has ended, and perhaps what it stands in
                if (open.isEmpty()) {
                    space();
                    if (at < text.length()) {
                        throw malformed();
                    }
                    return value;
                }
                Open in = open.peek();
                add(in, open.size() == 1, value);
                space();
                char c = next();
                if (c == ',') {
                    space();
                    name(in);
                    break;
                }
                if (c != in.end()) {
                    throw malformed();
                }
                value = open.pop().value();
            }
        }
    }

    private void add(Open in, boolean outermost, Object value) {
        if (in.members == null) {
            in.items.add(value);
        } else if (outermost && in.name.equals(raw)) {
            in.members.put(in.name, new Json.Raw(text.substring(in.from, at)));
        } else {
            in.members.put(in.name, value);
        }
    }

    /** Reads the name of an object's next member; a list's items have none. */
    private void name(Open in) throws Json.Malformed {
        if (in.members == null) {
            return;
        }
        if (peek() != '"') {
            throw malformed();
        }
        in.name = string();
        space();
        if (next() != ':') {
            throw malformed();
        }
        space();
        in.from = at;
    }

    private Object scalar() throws Json.Malformed {
        switch (peek()) {
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Object word(String word, Object value) throws Json.Malformed {
        if (!text.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        return value;
    }

    private Json.Raw number() throws Json.Malformed {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        return new Json.Raw(text.substring(from, at));
    }

    private void digits() throws Json.Malformed {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw malformed();
        }
    }

    private String string() throws Json.Malformed {
        int from = ++at;
        StringBuilder out = null; // until there is an escape
        for (;;) {
            char c = next();
            if (c == '"') {
                String plain = text.substring(from, at - 1);
                return out == null ? plain : out.append(plain).toString();
            }
            if (c < ' ') {
                throw malformed();
            }
            if (c == '\\') {
                out = out == null ? new StringBuilder() : out;
                out.append(text, from, at - 1).append(escaped());
                from = at;
            }
        }
    }

    private char escaped() throws Json.Malformed {
        char c = next();
        if (c == 'u') {
            int code = 0;
            for (int i = 0; i < 4; i++) {
                char letter = next();
                int digit = letter < 128 ? Character.digit(letter, 16) : -1;
                if (digit < 0) {
                    throw malformed();
                }
                code = code << 4 | digit;
            }
            return (char) code;
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0) {
            throw malformed();
        }
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws Json.Malformed {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private char next() throws Json.Malformed {
        char c = peek();
        at++;
        return c;
    }

    private Json.Malformed malformed() {
        return new Json.Malformed(at >= text.length() ? "it ends too early" : "it is no JSON from character " + (at + 1) + " on");
    }
}
