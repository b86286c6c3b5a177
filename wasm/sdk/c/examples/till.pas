{ A payment whose answer never came, and how the till gets out of it: in Pascal.
  README.md says how to compile this, and what differs in Delphi and on Windows. }
program till;

{$MODE DELPHI}{$CODEPAGE UTF8}

uses
  SysUtils, fpjson, jsonparser, Tillwise;

var
  Locale: string = 'en';

procedure Show(Card: TJSONData);
var
  Line: string;
  I: Integer;
  Actions: TJSONArray;

  function Words(const Path: string): UTF8String;
  begin
    Result := Card.GetPath(Path).AsString;
  end;

begin
  WriteLn('[ ', Words('prompt.banner'), ' ]');
  for Line in TArray<string>.Create('headline', 'money', 'retry', 'never') do
    if Words('prompt.' + Line) <> '' then
      WriteLn(Words('prompt.' + Line));
  Actions := Card.GetPath('prompt.actions') as TJSONArray;
  for I := 0 to Actions.Count - 1 do
    WriteLn(I + 1, ' ', Actions.Objects[I].Strings['label'], ': ', Actions.Objects[I].Strings['text']);
  if Words('prompt.contact') <> '' then
    WriteLn(Words('prompt.owner'), ': ', Words('prompt.contact'));
  WriteLn('> ', Words('prompt.say'));
  if Card.FindPath('error') <> nil then
    WriteLn(Words('error.kind'), ': ', Words('error.detail'));
  WriteLn;
end;

{ Hands over what happened, shows the card, and gives the event of its key 1. }
function Happened(Sale: TSale; Event: TJSONObject): TJSONObject;
var
  Card: TJSONData;
begin
  try
    Event.Add('v', 1);
    Event.Add('at', Int64(1795530757000));
    Event.Add('utc_offset_min', -300);
    Event.Add('locale', Locale);
    Card := GetJSON(Sale.Answer(Event.AsJSON));
  finally
    Event.Free;
  end;
  try
    Show(Card);
    Result := TJSONObject.Create(['action', Card.GetPath('decision.actions[0].id').AsString, 'ref', Card.GetPath('prompt.ref').AsString]);
  finally
    Card.Free;
  end;
end;

function Exchange(const JSON: string): TJSONObject;
begin
  Result := TJSONObject.Create(['exchange', GetJSON(JSON)]);
end;

var
  Engine: TEngine;
  Sale: TSale = nil;
  Kept: UTF8String;
begin
  SetMultiByteConversionCodePage(CP_UTF8); { string is UTF-8, as in Lazarus }
  SetTextCodePage(Output, CP_UTF8);
  if ParamCount > 0 then
    Locale := ParamStr(1);
  Engine := TEngine.Create('{"texts":{"contacts":{"supervisor":{"en-CA":"Renée, aisle 2","fr-CA":"Renée, allée 2"}}}}');
  try
    Sale := TSale.Create(Engine);
    Happened(Sale, Happened(Sale, Exchange('{"operation":"authorization","status":0,"failure":"timeout",' +
      '"request":{"amount":"1249.00","auto_capture":true}}'))).Free;
    Kept := Sale.State; { onto the disk, before the check is sent }
    FreeAndNil(Sale);

    Sale := TSale.Create(Engine, Kept); { after a restart }
    Happened(Sale, Happened(Sale, Exchange('{"operation":"authorizations","status":200,"body":"[{\"status\":\"captured\"}]",' +
      '"found":[{"state":"captured","amount":"1249.00","id":"4700000000000001"}]}'))).Free;
    FreeAndNil(Sale);

    try
      TEngine.Create('{"policy":{"empty_okay":["refund"]}}').Free;
    except
      on E: ERefused do
        WriteLn(E.Kind, ': ', E.Message, sLineBreak);
    end;
    Sale := TSale.Create(Engine);
    Happened(Sale, Exchange('"rubbish"')).Free;
  finally
    Sale.Free;
    Engine.Free;
  end;
end.
