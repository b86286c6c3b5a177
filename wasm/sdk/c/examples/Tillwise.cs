// libtillwise for .NET Framework, .NET and Mono: the border, to take over into a POS.
using System;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

static class Native {
	const string Lib = "tillwise"; // libtillwise.so or tillwise.dll
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern int tillwise_open(byte[] settings, int instances, out Engine engine, out IntPtr detail);
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern void tillwise_close(IntPtr engine);
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern int tillwise_sale_open(Engine engine, byte[] state, out Sale sale);
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern int tillwise_sale_answer(Sale sale, byte[] text, UIntPtr length, out IntPtr answer);
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern IntPtr tillwise_sale_state(Sale sale);
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern void tillwise_sale_close(IntPtr sale);
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern IntPtr tillwise_kind(int code);
	[DllImport(Lib, CallingConvention = CallingConvention.Cdecl)]
	public static extern void tillwise_free(IntPtr text);

	// .NET's own strings are the code page's on Windows and UTF-8 elsewhere: so bytes go in and out.
	public static byte[] Text(string s) { return Encoding.UTF8.GetBytes(s + "\0"); }
	public static string Read(IntPtr text) {
		if (text == IntPtr.Zero) throw new OutOfMemoryException(); // the only case without a card
		int n = 0;
		while (Marshal.ReadByte(text, n) != 0) n++;
		byte[] bytes = new byte[n];
		Marshal.Copy(text, bytes, 0, n);
		return Encoding.UTF8.GetString(bytes);
	}
	public static string Take(IntPtr given) {
		try { return Read(given); } finally { tillwise_free(given); }
	}
}

class Refused : Exception {
	public readonly string Kind;
	public Refused(int code, string detail) : base(detail) { Kind = Native.Read(Native.tillwise_kind(code)); }
}

// A SafeHandle is freed by Dispose or by the collector, but never while a call uses it.
sealed class Engine : SafeHandleZeroOrMinusOneIsInvalid {
	Engine() : base(true) { }
	protected override bool ReleaseHandle() { Native.tillwise_close(handle); return true; }
	public static Engine Open(string settings) {
		Engine engine;
		IntPtr detail;
		int code = Native.tillwise_open(Native.Text(settings), 0, out engine, out detail);
		if (code == 0) return engine;
		engine.Dispose();
		throw new Refused(code, Native.Take(detail));
	}
}

sealed class Sale : SafeHandleZeroOrMinusOneIsInvalid {
	Sale() : base(true) { }
	protected override bool ReleaseHandle() { Native.tillwise_sale_close(handle); return true; }
	public static Sale Open(Engine engine, string state = "{}") {
		Sale sale;
		if (Native.tillwise_sale_open(engine, Native.Text(state), out sale) != 0) throw new OutOfMemoryException();
		return sale;
	}
	// There is a card for any event at all, perhaps with "error" beside it.
	public string Answer(string happened) {
		byte[] text = Encoding.UTF8.GetBytes(happened);
		IntPtr answer;
		Native.tillwise_sale_answer(this, text, (UIntPtr)text.Length, out answer);
		return Native.Take(answer);
	}
	public string State() { return Native.Take(Native.tillwise_sale_state(this)); }
}
