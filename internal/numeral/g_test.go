package numeral
import ("testing";"os")
func BenchmarkGold(b *testing.B){ d,_:=os.ReadFile("/work/shared/gold/seed.txt"); s:=string(d); b.SetBytes(int64(len(s))); for b.Loop(){Find(s)} }
func BenchmarkA02(b *testing.B){ d,_:=os.ReadFile("/work/shared/notices/A02_nankai_2017_zhenggai.txt"); s:=string(d); b.SetBytes(int64(len(s))); for b.Loop(){Find(s)} }
