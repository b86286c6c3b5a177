package io.github.tillwise;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as this package needs it: small, quick to start, and in nobody's way. A POS has a JSON
 * library of its own already, in a version of its own.
 */
final class Json {
    private Json() {
    }

    /** JSON that is kept as it is written: a number, or a sale. */
    static final class Raw {
        final String text;

        Raw(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The text is no JSON. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what);
        }
    }

    static Object read(String text) throws Malformed {
        return new JsonReader(text, null).read();
    }

    /** Reads an object, its member {@code sale} as it is written. */
    static Map<String, Object> readObject(String text) throws Malformed {
        Map<String, Object> object = objectOrNull(new JsonReader(text, "sale").read());
        if (object == null) {
            throw new Malformed("it is no object");
        }
        return object;
    }

    /** Gives bytes as text if they are UTF-8. */
    static String text(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("it is no UTF-8");
        }
    }

    /** What is no UTF-8 becomes U+FFFD, and a byte-order mark is dropped. */
    static String lenient(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Half of a pair of letters, which is no character, becomes U+FFFD. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer out = StandardCharsets.UTF_8.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD})
                    .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[out.remaining()];
            out.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalStateException(e); // all that could be wrong is replaced
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> objectOrNull(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : null;
    }

    /** The object, or one without members. */
    static Map<String, Object> object(Object value) {
        Map<String, Object> object = objectOrNull(value);
        return object == null ? Map.of() : object;
    }

    static String string(Object value) {
        return value instanceof String ? (String) value : "";
    }

    static boolean filled(Object value) {
        return !string(value).isEmpty();
    }

    /** The number, if it is a whole one that fits; or else 0. */
    static long number(Object value) {
        try {
            return value instanceof Raw || value instanceof Number ? Long.parseLong(value.toString()) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Writes maps, lists and arrays of what JSON has; anything else as its text. */
    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        Deque<Iterator<?>> open = new ArrayDeque<>();
        Deque<String> ends = new ArrayDeque<>();
        Object next = value;
        for (;;) {
            if (next instanceof Map) {
                out.append('{');
                open.push(((Map<?, ?>) next).entrySet().iterator());
                ends.push("}");
            } else if (next instanceof Iterable) {
                out.append('[');
                open.push(((Iterable<?>) next).iterator());
                ends.push("]");
            } else {
                scalar(out, next);
            }
            while (!open.isEmpty() && !open.peek().hasNext()) {
                open.pop();
                out.append(ends.pop());
            }
            if (open.isEmpty()) {
                return out.toString();
            }
            char last = out.charAt(out.length() - 1);
            if (last != '{' && last != '[') {
                out.append(',');
            }
            next = open.peek().next();
            if (next instanceof Map.Entry) {
                Map.Entry<?, ?> member = (Map.Entry<?, ?>) next;
                string(out, String.valueOf(member.getKey()));
                out.append(':');
                next = member.getValue();
            }
        }
    }

    private static void scalar(StringBuilder out, Object value) {
        if (value == null || value instanceof Boolean || value instanceof Raw || value instanceof Long || value instanceof Integer) {
            out.append(value);
        } else {
            string(out, value.toString());
        }
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ') {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        out.append('"');
    }
}
