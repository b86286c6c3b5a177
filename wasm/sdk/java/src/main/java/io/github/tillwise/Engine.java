package io.github.tillwise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Runs the module: one for the whole program, and for any number of threads. It trusts the
 * module with nothing: what it reaches, its memory and its time are limited, and an instance
 * that has failed once is never asked again.
 */
public final class Engine implements AutoCloseable {
    private final Pool pool;
    private final Map<String, Object> settings; // for the safe card

    private Engine(Pool pool, Map<String, Object> settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** With the package's module and default settings. */
    public static Engine open() {
        return builder().open();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The answer to an event. It always has a card, whatever the event contains: beside an error it is the safe one. */
    public Answer answer(Event event) {
        return answer(event.encode(), event.members);
    }

    /** The same for an event that is JSON as UTF-8, which the module gets as it is. It may be no JSON at all. */
    public Answer answer(byte[] event) {
        return answer(event, null);
    }

    private Answer answer(byte[] input, Map<String, Object> event) {
        byte[] raw = null;
        TillwiseException error;
        try {
            Asked asked = ask(input);
            if (asked.answer != null) {
                return asked.answer;
            }
            raw = asked.reply.raw;
            error = asked.reply.error();
        } catch (TillwiseException e) {
            error = e;
        }
        return SafeCard.of(event == null ? SafeCard.objectIn(input) : event, settings).beside(error, raw);
    }

    /** What the module replied, and the answer if that is one. */
    private static final class Asked {
        final Reply reply;
        final Answer answer;

        Asked(Reply reply) {
            this.reply = reply;
            // What the module refuses is the event's fault: the instance is as good as before.
            this.answer = reply.error() == null ? reply.answer() : null;
        }
    }

    private Asked ask(byte[] input) {
        if (input.length > Event.MAX_INPUT) {
            return new Asked(new Reply("tillwise_answer", tooLarge()));
        }
        return pool.use(instance -> new Asked(instance.call("tillwise_answer", input)));
    }

    /**
     * The module's answer to an event as it is, {@code {"error":…}} included.
     *
     * @throws TillwiseException if the module gave none
     */
    public byte[] answerJson(byte[] event) {
        return json("tillwise_answer", event);
    }

    /**
     * {@code {v, decision, sale}} for {@code {v, facts, sale, policy}}: the stage that replay repeats.
     *
     * @throws TillwiseException if the module gave none
     */
    public byte[] decideJson(byte[] input) {
        return json("tillwise_decide", input);
    }

    /**
     * The module's account of itself, as JSON: ABI, catalogue version, locales, limits and every card.
     *
     * @throws TillwiseException if the module gave none
     */
    public byte[] describe() {
        return json("tillwise_describe", new byte[0]);
    }

    private byte[] json(String function, byte[] input) {
        return input.length > Event.MAX_INPUT ? tooLarge() : pool.use(instance -> instance.call(function, input).raw);
    }

    private static byte[] tooLarge() {
        return Json.utf8(SafeCard.constant("too_large"));
    }

    /** Begins a sale. */
    public Sale sale() {
        return new Sale(this, null);
    }

    /** Goes on with a sale from what {@link Sale#save()} gave. A text that was damaged becomes a sale in doubt, and never a new one. */
    public Sale sale(String saved) {
        return new Sale(this, saved);
    }

    /** Frees the module's memory. {@link #answer} goes on giving safe cards. */
    @Override
    public void close() {
        pool.close();
    }

    /** How an engine is to be. */
    public static final class Builder {
        private String settings;
        private Path path;
        private byte[] bytes;
        private String sha256;
        private int instances = Math.min(4, Runtime.getRuntime().availableProcessors());
        private Duration deadline = Duration.ofSeconds(2);

        private Builder() {
        }

        /** The store's settings, {@code {"policy":…,"texts":…}} as JSON. */
        public Builder settings(String json) {
            settings = json;
            return this;
        }

        /** The same by their names. */
        public Builder settings(Settings settings) {
            return settings(settings.toString());
        }

        /**
         * Another module than the package's: a file, and the SHA-256 that it must have, in hexadecimal. It is
         * interpreted: it takes seconds to open and some ten times as long to answer. Where a till is slow, give
         * it a longer deadline.
         */
        public Builder module(Path file, String sha256) {
            this.path = Objects.requireNonNull(file, "file");
            this.bytes = null;
            this.sha256 = sha256;
            return this;
        }

        /** The same, as bytes. */
        public Builder module(byte[] module, String sha256) {
            this.bytes = module.clone();
            this.path = null;
            this.sha256 = sha256;
            return this;
        }

        /** How many calls can run at once: as many as there are processors, 4 at most, if nothing is said. */
        public Builder instances(int instances) {
            if (instances < 1) {
                throw new IllegalArgumentException("instances is " + instances + ": pass 1 or more");
            }
            this.instances = instances;
            return this;
        }

        /** For one call, waiting for an instance included; 2 seconds if nothing is said. Opening may take ten times that. */
        public Builder deadline(Duration deadline) {
            if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("deadline is " + deadline + ": pass more than 0, and a day at most");
            }
            this.deadline = deadline;
            return this;
        }

        /**
         * Loads and checks the module, and starts its first instance.
         *
         * @throws TillwiseException {@code wrong_module}, or {@code bad_policy} and {@code bad_json} of settings that are refused
         */
        public Engine open() {
            byte[] configured = settings == null ? null : Json.utf8(settings);
            if (configured != null && configured.length > Event.MAX_INPUT) {
                throw TillwiseException.of("too_large", "the settings have more than " + Event.MAX_INPUT + " bytes: pass policy and texts alone");
            }
            Pool pool = new Pool(instances, deadline);
            try {
                pool.start(this::load, configured);
            } catch (TillwiseException e) {
                pool.close();
                throw notStarted(e);
            }
            return new Engine(pool, SafeCard.objectIn(settings));
        }

        private ModuleFile load() {
            if (path == null && bytes == null) {
                return ModuleFile.own();
            }
            if (sha256 == null || sha256.isEmpty()) {
                throw TillwiseException.wrongModule("a module of your own needs its SHA-256 beside it: pass it to module(…)", null);
            }
            return ModuleFile.of(bytes == null ? ModuleFile.read(path) : bytes, sha256);
        }

        /** Settings that the module refuses are no fault of the module's. */
        private static TillwiseException notStarted(TillwiseException e) {
            if (!e.kind().equals("module_failed") && !e.kind().equals("deadline")) {
                return e;
            }
            return TillwiseException.wrongModule("it does not start: " + e.detail(), e);
        }
    }
}
