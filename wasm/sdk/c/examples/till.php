<?php
// A payment whose answer never came, and how the till gets out of it: in PHP 8.
// README.md says what PHP-FPM needs, and what differs on Windows.
declare(strict_types=1);

require __DIR__ . '/tillwise.php';

/** Shows a card, and gives the event that its key 1 stands for. */
function show(string $answer): array
{
    $card = json_decode($answer, true, 64, JSON_THROW_ON_ERROR);
    $p = $card['prompt'];
    echo "[ {$p['banner']} ]\n";
    foreach (['headline', 'money', 'retry', 'never'] as $line) {
        if ($p[$line] !== '') {
            echo $p[$line], "\n";
        }
    }
    foreach ($p['actions'] as $i => $action) {
        echo $i + 1, " {$action['label']}: {$action['text']}\n";
    }
    if ($p['contact'] !== '') {
        echo "{$p['owner']}: {$p['contact']}\n";
    }
    echo "> {$p['say']}\n";
    if (isset($card['error'])) {
        echo "{$card['error']['kind']}: {$card['error']['detail']}\n";
    }
    echo "\n";
    return ['action' => $card['decision']['actions'][0]['id'], 'ref' => $p['ref']];
}

/** Writes an event. A body that is no UTF-8 does not stop it, just when a payment is open. */
function event(array $members): string
{
    global $argv;
    $members += ['v' => 1, 'at' => 1795530757000, 'utc_offset_min' => -300, 'locale' => $argv[1] ?? 'en'];
    return json_encode($members, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE);
}

$contacts = ['supervisor' => ['en-CA' => 'Renée, aisle 2', 'fr-CA' => 'Renée, allée 2']];
$engine = new Engine(json_encode(['texts' => ['contacts' => $contacts]], JSON_THROW_ON_ERROR));

$sale = new Sale($engine);
$first = show($sale->answer(event(['exchange' => [
    'operation' => 'authorization', 'request' => ['amount' => '1249.00', 'auto_capture' => true],
    'status' => 0, 'failure' => 'timeout',
]])));
show($sale->answer(event($first)));
$kept = $sale->state(); // onto the disk, before the check is sent

$sale = new Sale($engine, $kept); // after a restart
$first = show($sale->answer(event(['exchange' => [
    'operation' => 'authorizations', 'status' => 200, 'body' => '[{"status":"captured"}]',
    'found' => [['state' => 'captured', 'amount' => '1249.00', 'id' => '4700000000000001']],
]])));
show($sale->answer(event($first)));

try {
    new Engine('{"policy":{"empty_okay":["refund"]}}');
} catch (Refused $e) {
    echo "{$e->kind}: {$e->getMessage()}\n\n";
}
show((new Sale($engine))->answer(event(['exchange' => 'rubbish'])));
