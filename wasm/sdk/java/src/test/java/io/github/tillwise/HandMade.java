package io.github.tillwise;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A module with the right exports, whose functions give 0, and whose answer is as a test wants it. */
final class HandMade {
    static final byte[] LOOPS = {0x03, 0x40, 0x0c, 0x00, 0x0b, 0x00}; // loop, br 0, end, unreachable
    static final byte[] TRAPS = {0x00};
    static final byte[] CALLS_ITSELF = {0x20, 0x00, 0x10, 0x04};

    private HandMade() {
    }

    static byte[] module(byte[] answer) {
        byte[] i32 = {0x41, 0x01}; // the ABI, and a place for the input
        byte[] i64 = {0x42, 0x00};
        byte[][] bodies = {{}, i32, i32, i64, answer, i64, i64};
        String[] names = {"_initialize", "tillwise_abi", "tillwise_buffer", "tillwise_configure", "tillwise_answer", "tillwise_decide", "tillwise_describe"};
        int[] types = {0, 1, 2, 3, 3, 3, 4};

        ByteArrayOutputStream functions = bytes(bodies.length);
        ByteArrayOutputStream exports = bytes(names.length + 1, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0);
        ByteArrayOutputStream code = bytes(bodies.length);
        for (int i = 0; i < names.length; i++) {
            functions.write(types[i]);
            exports.write(names[i].length());
            exports.writeBytes(names[i].getBytes(StandardCharsets.US_ASCII));
            exports.writeBytes(new byte[] {0, (byte) i});
            code.write(bodies[i].length + 2);
            code.write(0); // no locals
            code.writeBytes(bodies[i]);
            code.write(0x0b);
        }
        ByteArrayOutputStream out = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
        section(out, 1, bytes(5, 0x60, 0, 0, 0x60, 0, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7e, 0x60, 0, 1, 0x7e));
        section(out, 3, functions);
        section(out, 5, bytes(1, 0, 2));
        section(out, 7, exports);
        section(out, 10, code);
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, int id, ByteArrayOutputStream content) {
        out.write(id);
        out.write(content.size() & 0x7f | 0x80);
        out.write(content.size() >> 7);
        out.writeBytes(content.toByteArray());
    }

    private static ByteArrayOutputStream bytes(int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int value : values) {
            out.write(value);
        }
        return out;
    }
}
