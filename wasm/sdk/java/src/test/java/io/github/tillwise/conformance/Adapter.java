package io.github.tillwise.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** The package as the conformance kit asks it: a line of JSON in, a line out, each lane on a thread of its own. */
public final class Adapter {
    private static final Future<String> END = CompletableFuture.completedFuture("");

    private final Host host = new Host();
    private final Map<Integer, ExecutorService> lanes = new HashMap<>();
    private final LinkedBlockingQueue<Future<String>> replies = new LinkedBlockingQueue<>();
    private List<Future<String>> asked = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        new Adapter().serve();
    }

    private void serve() throws Exception {
        Thread writer = new Thread(this::write);
        writer.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null;) {
            take(line);
        }
        replies.add(END);
        writer.join();
        lanes.values().forEach(ExecutorService::shutdown);
    }

    private void take(String line) throws Exception {
        JsonObject asks = object(line);
        if (asks != null && asks.has("lane")) {
            ExecutorService lane = lanes.computeIfAbsent(asks.get("lane").getAsInt(), n -> Executors.newSingleThreadExecutor());
            Future<String> reply = lane.submit(() -> host.reply(asks).toString());
            asked.add(reply);
            replies.add(reply);
            return;
        }
        for (Future<String> before : asked) {
            before.get();
        }
        asked = new ArrayList<>();
        replies.add(CompletableFuture.completedFuture(host.reply(asks).toString()));
    }

    private static JsonObject object(String line) {
        try {
            JsonElement value = JsonParser.parseString(line);
            return value.isJsonObject() ? value.getAsJsonObject() : null;
        } catch (JsonSyntaxException e) {
            return null;
        }
    }

    private void write() {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try {
            for (Future<String> reply; (reply = replies.take()) != END;) {
                out.println(reply.get());
                out.flush();
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

}
