import logging, os, sys, warnings
import onnx, onnx.version_converter, torch, torch.nn as nn, torch.nn.functional as F
# One model of convolutions and one of attention, in each version of the operators that PyTorch's exporters write, and as ONNX's own converter makes newer ones of older ones.
warnings.filterwarnings('ignore'); logging.disable(logging.WARNING)
torch.manual_seed(2)
out = sys.argv[1]
class Mix(nn.Module):
    def __init__(s):
        super().__init__(); s.conv=nn.Conv2d(1,4,3,padding=1); s.bn=nn.BatchNorm2d(4); s.fc=nn.Linear(16,3)
    def forward(s,x):
        x=F.relu(s.bn(s.conv(x))); x=F.max_pool2d(x,3,2,1); x=F.avg_pool2d(F.pad(x,(0,1,0,1)),2); x=x.reshape(x.shape[0],-1); a,b=x.chunk(2,1); return F.softmax(s.fc(torch.cat([torch.clamp(a,-1,2),b*b],1)),1)
class Heads(nn.Module):
    def __init__(s):
        super().__init__(); C=8; s.ln=nn.LayerNorm(C); s.qkv=nn.Linear(C,3*C); s.proj=nn.Linear(C,C); s.rms=nn.RMSNorm(C,eps=1e-6); s.up=nn.Linear(C,12); s.down=nn.Linear(12,C); s.gn=nn.GroupNorm(5,5)
    def forward(s,x):
        q,k,v=[a.unflatten(2,(2,4)).transpose(1,2) for a in s.qkv(s.ln(x)).chunk(3,2)]
        x=x+s.proj(F.scaled_dot_product_attention(q,k,v,is_causal=True).transpose(1,2).flatten(2)); x=x+s.down(F.gelu(s.up(s.rms(x)))); return F.hardswish(s.gn(x)).mean(1)
def small(file):
    m=onnx.load(file); del m.metadata_props[:]; m.doc_string=''; m.graph.doc_string=''; del m.graph.metadata_props[:]; del m.graph.value_info[:]
    for part in [*m.graph.node,*m.graph.initializer,*m.graph.input,*m.graph.output]: part.doc_string=''; del part.metadata_props[:]
    onnx.save(m,file); return m
for name,m,x,old in (('mix',Mix(),torch.randn(2,1,6,6),range(7,21)),('heads',Heads(),torch.randn(2,5,8),())):
    for p in m.modules():
        if isinstance(p,nn.BatchNorm2d): p.running_mean.normal_(); p.running_var.uniform_(0.5,2)
        if isinstance(p,(nn.BatchNorm2d,nn.LayerNorm,nn.RMSNorm,nn.GroupNorm)): nn.init.normal_(p.weight)
    m.eval(); y=m(x)
    with open(f'{out}/{name}.txt','w') as f:
        for b in range(2):
            f.write('in x0 '+' '.join(repr(float(t)) for t in x[b].flatten())+'\n'); f.write('out 0 '+' '.join(repr(float(t)) for t in y[b].detach().flatten())+'\n')
    for v in old:
        torch.onnx.export(m,(x,),f'{out}/opsets/{name}-old{v}.onnx',dynamo=False,opset_version=v,input_names=['x0'],output_names=['y0'],dynamic_axes={'x0':{0:'batch'}}); small(f'{out}/opsets/{name}-old{v}.onnx')
    for v in range(18,26):
        torch.onnx.export(m,(x,),f'{out}/opsets/{name}-new{v}.onnx',dynamo=True,opset_version=v,external_data=False,input_names=['x0'],output_names=['y0'],dynamic_shapes=({0:torch.export.Dim('batch')},),verbose=False)
        straight=small(f'{out}/opsets/{name}-new{v}.onnx'); assert straight.opset_import[0].version==v
        if v==18:
            for w in range(22,26): onnx.save(onnx.version_converter.convert_version(straight,w),f'{out}/opsets/{name}-converted{w}.onnx')
