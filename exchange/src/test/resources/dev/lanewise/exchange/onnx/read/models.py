import torch, torch.nn as nn, torch.nn.functional as F, sys, warnings, os, logging
warnings.filterwarnings('ignore'); logging.disable(logging.WARNING)
torch.manual_seed(1)
out=sys.argv[1]; only=sys.argv[2:] 
class Cnn(nn.Module):
    def __init__(s):
        super().__init__(); s.conv1=nn.Conv2d(1,4,3,padding=1); s.bn1=nn.BatchNorm2d(4); s.conv2=nn.Conv2d(4,8,3,stride=2); s.drop=nn.Dropout(0.25); s.fc1=nn.Linear(8*2*2,10)
    def forward(s,x):
        x=F.max_pool2d(F.relu(s.bn1(s.conv1(x))),2); x=F.relu6(s.conv2(x)); x=torch.flatten(x,1); return s.fc1(s.drop(x))
class Block(nn.Module):
    def __init__(s,i,o,st):
        super().__init__(); s.conv1=nn.Conv2d(i,o,3,st,1,bias=False); s.bn1=nn.BatchNorm2d(o); s.conv2=nn.Conv2d(o,o,3,1,1,bias=False); s.bn2=nn.BatchNorm2d(o)
        s.down=nn.Sequential(nn.Conv2d(i,o,1,st,bias=False),nn.BatchNorm2d(o)) if st!=1 or i!=o else None
    def forward(s,x):
        y=s.bn2(s.conv2(F.relu(s.bn1(s.conv1(x))))); return F.relu(y+(x if s.down is None else s.down(x)))
class Resnet(nn.Module):
    def __init__(s):
        super().__init__(); s.conv1=nn.Conv2d(3,4,3,padding=1,bias=False); s.bn1=nn.BatchNorm2d(4); s.layer1=nn.Sequential(Block(4,4,1),Block(4,4,1)); s.layer2=nn.Sequential(Block(4,8,2),Block(8,8,1)); s.fc=nn.Linear(8,5)
    def forward(s,x):
        x=F.relu(s.bn1(s.conv1(x))); x=s.layer2(s.layer1(x)); return s.fc(F.adaptive_avg_pool2d(x,1).flatten(1))
class Lstm(nn.Module):
    def __init__(s):
        super().__init__(); s.embed=nn.Embedding(20,6); s.lstm=nn.LSTM(6,5,batch_first=True,bidirectional=True); s.fc=nn.Linear(10,3)
    def forward(s,x):
        y,_=s.lstm(s.embed(x)); return s.fc(y[:,-1])
class Gru(nn.Module):
    def __init__(s):
        super().__init__(); s.gru=nn.GRU(4,5,num_layers=2,batch_first=True); s.fc=nn.Linear(5,3)
    def forward(s,x):
        y,h=s.gru(x); return s.fc(h[-1])
class Encoder(nn.Module):
    def __init__(s):
        super().__init__(); s.embed=nn.Embedding(30,8); s.pos=nn.Parameter(torch.randn(1,6,8)); s.enc=nn.TransformerEncoder(nn.TransformerEncoderLayer(8,2,16,0.0,batch_first=True),2,enable_nested_tensor=False); s.norm=nn.LayerNorm(8); s.fc=nn.Linear(8,4)
    def forward(s,x):
        x=s.enc(s.embed(x)+s.pos); return s.fc(s.norm(x).mean(1))
class Gpt(nn.Module):
    def __init__(s):
        super().__init__(); C=8; s.tok=nn.Embedding(12,C); s.pos=nn.Embedding(7,C); s.ln1=nn.LayerNorm(C); s.qkv=nn.Linear(C,3*C); s.proj=nn.Linear(C,C); s.ln2=nn.LayerNorm(C); s.up=nn.Linear(C,16); s.down=nn.Linear(16,C); s.head=nn.Linear(C,12,bias=False)
    def forward(s,t):
        B,T=t.shape; x=s.tok(t)+s.pos(torch.arange(T)); q,k,v=s.qkv(s.ln1(x)).split(8,2)
        q,k,v=[a.view(B,T,2,4).transpose(1,2) for a in (q,k,v)]
        y=F.scaled_dot_product_attention(q,k,v,is_causal=True).transpose(1,2).reshape(B,T,8)
        x=x+s.proj(y); x=x+s.down(F.gelu(s.up(s.ln2(x)))); return s.head(x)
class Mobile(nn.Module):
    def __init__(s):
        super().__init__(); s.a=nn.Conv2d(3,8,3,2,1,bias=False); s.bn=nn.BatchNorm2d(8); s.dw=nn.Conv2d(8,8,3,1,1,groups=8); s.se1=nn.Conv2d(8,2,1); s.se2=nn.Conv2d(2,8,1); s.p=nn.Conv2d(8,6,1); s.fc=nn.Linear(6,3)
    def forward(s,x):
        x=F.hardswish(s.bn(s.a(x))); x=F.silu(s.dw(x)); w=F.hardsigmoid(s.se2(F.relu(s.se1(F.adaptive_avg_pool2d(x,1))))); x=s.p(x*w); return F.log_softmax(s.fc(x.mean([2,3])),-1)
class Unet(nn.Module):
    def __init__(s):
        super().__init__(); s.d=nn.Conv2d(1,4,3,padding=1); s.m=nn.Conv2d(4,8,3,padding=1); s.up=nn.ConvTranspose2d(8,4,2,2); s.gn=nn.GroupNorm(2,8); s.o=nn.Conv2d(8,1,1)
    def forward(s,x):
        a=F.leaky_relu(s.d(x),0.1); b=F.elu(s.m(F.max_pool2d(a,2))); c=torch.cat([a,s.up(b)],1); c=F.gelu(s.gn(c)); return torch.sigmoid(s.o(F.interpolate(F.avg_pool2d(c,2),scale_factor=2,mode='bilinear')))
class Vit(nn.Module):
    def __init__(s):
        super().__init__(); s.patch=nn.Conv2d(1,8,4,4); s.pos=nn.Parameter(torch.randn(1,4,8)); s.attn=nn.MultiheadAttention(8,2,batch_first=True); s.n1=nn.LayerNorm(8); s.fc=nn.Linear(8,3); s.act=nn.PReLU(8)
    def forward(s,x):
        x=s.patch(x).flatten(2).transpose(1,2)+s.pos; y=s.n1(x); x=x+s.attn(y,y,y,need_weights=False)[0]; return s.fc(F.softplus(x.mean(1)))
class Two(nn.Module):
    def __init__(s):
        super().__init__(); s.a=nn.Linear(3,4); s.b=nn.Linear(5,4); s.o1=nn.Linear(4,2); s.o2=nn.Linear(8,3)
    def forward(s,x,y):
        a=torch.tanh(s.a(x)); b=s.b(y); return s.o1(a*b+0.5*a), s.o2(torch.cat([a,b],1))
class Conv1(nn.Module):
    def __init__(s):
        super().__init__(); s.c1=nn.Conv1d(2,6,5,padding=2,dilation=1); s.bn=nn.BatchNorm1d(6); s.c2=nn.Conv1d(6,4,3,stride=2); s.fc=nn.Linear(4,2); s.inn=nn.InstanceNorm1d(6,affine=True)
    def forward(s,x):
        x=F.mish(s.bn(s.c1(x))); x=s.inn(x); x=F.selu(s.c2(x)); return s.fc(x.amax(-1))
M={'cnn':(Cnn(),torch.randn(2,1,8+4,12)[:,:,:12,:12]),'resnet':(Resnet(),torch.randn(2,3,8,8)),'lstm':(Lstm(),torch.randint(0,20,(2,7))),'gru':(Gru(),torch.randn(2,6,4)),'encoder':(Encoder(),torch.randint(0,30,(2,6))),'gpt':(Gpt(),torch.randint(0,12,(2,7))),'mobile':(Mobile(),torch.randn(2,3,8,8)),'unet':(Unet(),torch.randn(2,1,8,8)),'vit':(Vit(),torch.randn(2,1,8,8)),'two':(Two(),(torch.randn(2,3),torch.randn(2,5))),'conv1':(Conv1(),torch.randn(2,2,16))}
for name,(m,x) in M.items():
    if only and name not in only: continue
    if name=='cnn': m.fc1=nn.Linear(8*2*2,10)
    for p in m.modules():
        if isinstance(p,(nn.BatchNorm2d,nn.BatchNorm1d)): p.running_mean.normal_(); p.running_var.uniform_(0.5,2); nn.init.normal_(p.weight); nn.init.normal_(p.bias)
    m.eval(); xs=x if isinstance(x,tuple) else (x,); ins=[f'x{i}' for i in range(len(xs))]
    y=m(*xs); ys=y if isinstance(y,tuple) else (y,)
    outs=[f'y{i}' for i in range(len(ys))]
    with open(f'{out}/{name}.txt','w') as f:
        for b in range(2):
            for i,v in zip(ins,xs): f.write('in '+i+' '+' '.join(repr(float(t)) for t in v[b].flatten())+'\n')
            for k,v in enumerate(ys): f.write(f'out {k} '+' '.join(repr(float(t)) for t in v[b].detach().flatten())+'\n')
    for kind in ('old','new'):
        try:
            if kind=='old':
                torch.onnx.export(m,xs,f'{out}/{name}-old.onnx',dynamo=False,opset_version=17,input_names=ins,output_names=outs,dynamic_axes={i:{0:'batch'} for i in ins})
            else:
                torch.onnx.export(m,xs,f'{out}/{name}-new.onnx',dynamo=True,external_data=False,input_names=ins,output_names=outs,dynamic_shapes=tuple({0:torch.export.Dim('batch')} for _ in ins),verbose=False)
        except Exception as e: print(name,kind,'FAIL',str(e)[:300])
    print(name,[ (f,os.path.getsize(f'{out}/{f}')) for f in sorted(os.listdir(out)) if f.startswith(name+'-')])
