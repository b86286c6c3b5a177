<?php
// libtillwise for PHP 8, by FFI: the border, to take over into a POS.
declare(strict_types=1);

final class Tillwise
{
    public static function lib(): FFI
    {
        static $lib = null;
        if ($lib === null) {
            try {
                $lib = FFI::scope('tillwise'); // preloaded
            } catch (FFI\Exception) {
                $lib = FFI::load(__DIR__ . '/tillwise.ffi.h');
            }
        }
        return $lib;
    }

    /** Takes over what the library gave, and gives it back. */
    public static function take(?FFI\CData $given): string
    {
        if ($given === null || FFI::isNull($given)) {
            throw new RuntimeException('no memory left'); // the only case without a card
        }
        $text = FFI::string($given);
        self::lib()->tillwise_free($given);
        return $text;
    }
}

final class Refused extends Exception
{
    public function __construct(public readonly string $kind, string $detail)
    {
        parent::__construct($detail);
    }
}

final class Engine
{
    public readonly FFI\CData $handle;

    public function __construct(string $settings)
    {
        $this->handle = Tillwise::lib()->new('tillwise_engine *');
        $detail = Tillwise::lib()->new('char *');
        $code = Tillwise::lib()->tillwise_open($settings, 0, FFI::addr($this->handle), FFI::addr($detail));
        if ($code !== 0) {
            Tillwise::lib()->tillwise_close($this->handle); // PHP destructs nothing whose constructor throws
            throw new Refused(Tillwise::lib()->tillwise_kind($code), Tillwise::take($detail));
        }
    }

    public function __destruct()
    {
        Tillwise::lib()->tillwise_close($this->handle);
    }

    private function __clone() // two would free one engine
    {
    }
}

final class Sale
{
    private FFI\CData $handle;

    public function __construct(Engine $engine, string $state = '{}')
    {
        $this->handle = Tillwise::lib()->new('tillwise_sale *');
        if (Tillwise::lib()->tillwise_sale_open($engine->handle, $state, FFI::addr($this->handle)) !== 0) {
            throw new RuntimeException('no memory left');
        }
    }

    /** There is a card for any text at all, perhaps with "error" beside it. */
    public function answer(string $event): string
    {
        $answer = Tillwise::lib()->new('char *');
        Tillwise::lib()->tillwise_sale_answer($this->handle, $event, strlen($event), FFI::addr($answer));
        return Tillwise::take($answer);
    }

    public function state(): string
    {
        return Tillwise::take(Tillwise::lib()->tillwise_sale_state($this->handle));
    }

    public function __destruct()
    {
        Tillwise::lib()->tillwise_sale_close($this->handle);
    }

    private function __clone()
    {
    }
}
