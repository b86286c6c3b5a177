{ libtillwise for Delphi and Free Pascal: the border, to take over into a POS.
  Text in and out is UTF8String: in Delphi the compiler converts from and to string. }
unit Tillwise;

{$IFDEF FPC}{$MODE DELPHI}{$ENDIF}

interface

uses SysUtils, Math;

type
  { Why an engine did not open: Kind is for the program, Message for its log. }
  ERefused = class(Exception)
    Kind: UTF8String;
    constructor Create(Code: Integer; const Detail: UTF8String);
  end;

  TEngine = class
  private
    FHandle: Pointer;
  public
    constructor Create(const Settings: UTF8String);
    destructor Destroy; override;
  end;

  TSale = class
  private
    FHandle: Pointer;
  public
    constructor Create(Engine: TEngine; const State: UTF8String = '{}');
    destructor Destroy; override;
    { There is a card for any text at all, perhaps with "error" beside it. }
    function Answer(const Event: UTF8String): UTF8String;
    function State: UTF8String;
  end;

implementation

const
  { Dividing by zero is no error in the module, but would be an exception in Pascal. }
  Calm: TFPUExceptionMask = [exInvalidOp, exDenormalized, exZeroDivide, exOverflow, exUnderflow, exPrecision];
  Lib = {$IFDEF MSWINDOWS}'tillwise.dll'{$ELSE}'libtillwise.so'{$ENDIF};

function tillwise_open(Settings: PAnsiChar; Instances: Integer; out Engine: Pointer; out Detail: PAnsiChar): Integer; cdecl; external Lib;
procedure tillwise_close(Engine: Pointer); cdecl; external Lib;
function tillwise_sale_open(Engine: Pointer; State: PAnsiChar; out Sale: Pointer): Integer; cdecl; external Lib;
function tillwise_sale_answer(Sale: Pointer; Event: PAnsiChar; Length: NativeUInt; out Answer: PAnsiChar): Integer; cdecl; external Lib;
function tillwise_sale_state(Sale: Pointer): PAnsiChar; cdecl; external Lib;
procedure tillwise_sale_close(Sale: Pointer); cdecl; external Lib;
function tillwise_kind(Code: Integer): PAnsiChar; cdecl; external Lib;
procedure tillwise_free(Text: PAnsiChar); cdecl; external Lib;

{ Takes over what the library gave, and gives it back. }
function Take(Given: PAnsiChar): UTF8String;
begin
  if Given = nil then
    OutOfMemoryError; { the only case without a card }
  try
    SetString(Result, Given, StrLen(Given));
  finally
    tillwise_free(Given);
  end;
end;

constructor ERefused.Create(Code: Integer; const Detail: UTF8String);
begin
  inherited Create(string(Detail));
  Kind := tillwise_kind(Code);
end;

constructor TEngine.Create(const Settings: UTF8String);
var
  Code: Integer;
  Detail: PAnsiChar;
  Mask: TFPUExceptionMask;
begin
  Mask := SetExceptionMask(Calm);
  Code := tillwise_open(PAnsiChar(Settings), 0, FHandle, Detail);
  SetExceptionMask(Mask);
  if Code <> 0 then { the destructor runs by itself }
    raise ERefused.Create(Code, Take(Detail));
end;

destructor TEngine.Destroy;
begin
  tillwise_close(FHandle);
  inherited;
end;

constructor TSale.Create(Engine: TEngine; const State: UTF8String);
begin
  if tillwise_sale_open(Engine.FHandle, PAnsiChar(State), FHandle) <> 0 then
    OutOfMemoryError;
end;

destructor TSale.Destroy;
begin
  tillwise_sale_close(FHandle);
  inherited;
end;

function TSale.Answer(const Event: UTF8String): UTF8String;
var
  Given: PAnsiChar;
  Mask: TFPUExceptionMask;
begin
  Mask := SetExceptionMask(Calm);
  tillwise_sale_answer(FHandle, PAnsiChar(Event), Length(Event), Given);
  SetExceptionMask(Mask);
  Result := Take(Given);
end;

function TSale.State: UTF8String;
begin
  Result := Take(tillwise_sale_state(FHandle));
end;

end.
